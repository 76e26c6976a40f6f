/** An Open Liberty for the benchmarks and the soak. Door: {@link io.gatehouse.server.ServerProcess}. */
package io.gatehouse.server;
