/** The application that the HTTP benchmark deploys: one resource, with and without a guard. */
package io.gatehouse.benchmarks.application;
