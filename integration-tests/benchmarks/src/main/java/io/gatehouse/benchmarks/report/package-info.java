/** What a run is told, and how its result is printed. */
package io.gatehouse.benchmarks.report;
