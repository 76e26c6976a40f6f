/** Measuring: everybody in turns, in one virtual machine, so that what disturbs one disturbs all. */
package io.gatehouse.benchmarks.run;
