package com.ibm.ws.security.javaeesec;

/** Has a name such as those that Open Liberty makes its beans for Jakarta Security by. */
public final class ContextOfServer {}
