/**
 * Figures about what the gate does, for whoever runs the application: counted and timed in the application's OpenTelemetry
 * or MicroProfile Metrics, where there is one. This room decides nothing, and what fails in it changes no answer.
 *
 * <p>Doors: {@link io.gatehouse.metrics.Measurements}, to which other rooms report;
 * {@link io.gatehouse.metrics.OpenTelemetryMeasurements} and {@link io.gatehouse.metrics.MicroProfileMeasurements}, which
 * are loaded only where their API is.
 */
@NullMarked
package io.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
