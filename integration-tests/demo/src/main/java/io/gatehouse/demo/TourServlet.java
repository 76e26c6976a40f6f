package io.gatehouse.demo;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The tour once more at the root, for whom the console has scrolled away or put its marks before each line. */
@WebServlet("")
public class TourServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Tour tour;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(tour.text());
    }
}
