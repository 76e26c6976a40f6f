package io.gatehouse.explanation;

/** What is wrong, and what to change. */
record Words(String reason, String remedy) {}
