/** What it costs to ask an authorization server about tokens (RFC 7662), and not to ask it again. */
package io.gatehouse.benchmarks.introspection;
