/** Starts an Open Liberty and an authorization server, and lets both suffer: see docs/reliability.md. */
package io.gatehouse.soak;
