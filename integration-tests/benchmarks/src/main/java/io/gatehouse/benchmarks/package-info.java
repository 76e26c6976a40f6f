/** What Gatehouse costs, beside its peers. {@code docs/performance.md} says how to run it and how to read the tables. */
package io.gatehouse.benchmarks;
