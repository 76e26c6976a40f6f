/** One resource on Open Liberty, guarded in different ways, under load over HTTP. */
package io.gatehouse.benchmarks.http;
