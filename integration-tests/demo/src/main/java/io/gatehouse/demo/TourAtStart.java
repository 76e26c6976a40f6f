package io.gatehouse.demo;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Prints the tour on the console when the application starts. */
@WebListener
public class TourAtStart implements ServletContextListener {

    @Inject
    Tour tour;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        System.out.println(tour.text());
    }
}
