package io.gatehouse.inbound;

/** What becomes of CDI's request contexts in an application. */
public enum RequestContexts {
    /** Each is over with its request, and nobody but its request's threads sees it. */
    STAY,

    /** Something may take one along to another thread: what is to be found there has to be in it by then. */
    TRAVEL
}
