/** The tokens that all contestants get, good ones and bad ones. */
package io.gatehouse.benchmarks.tokens;
