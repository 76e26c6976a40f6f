/** Those who validate tokens: Gatehouse, its peers, and the floor under all of them. */
package io.gatehouse.benchmarks.contestants;
