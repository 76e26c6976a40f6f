package io.gatehouse.it.basic;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Goes into the application: says who is calling, as which kind of principal, and whether there is a token. */
@WebServlet("/who")
@ServletSecurity(@HttpConstraint(rolesAllowed = {"user", "machine"}))
public class WhoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient JsonWebToken token;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .write(request.getUserPrincipal().getName() + " user=" + request.isUserInRole("user") + " machine="
                        + request.isUserInRole("machine") + " token=" + token.getRawToken());
    }
}
