/** The tables about validation alone, without a server around it. */
package io.gatehouse.benchmarks.validation;
