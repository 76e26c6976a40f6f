package io.gatehouse.inbound;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Something that Gatehouse answers itself, at a path of the application's choice. Implementations are thread-safe. */
public sealed interface OwnPage permits WhoAmI, RefusalList {

    /** Whether the request is for us; all other methods are the application's. */
    boolean isAskedBy(HttpServletRequest request);

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
