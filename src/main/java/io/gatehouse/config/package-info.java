/**
 * From properties to a running gate: reads the configuration once, checks it when the application starts, and puts the
 * rooms together. Nothing imports this room.
 *
 * <p>{@link io.gatehouse.config.GatehouseConfigReader} is pure (properties in, a {@link
 * io.gatehouse.config.GatehouseConfig} or all problems at once out); {@link io.gatehouse.config.GatehouseExtension} and
 * {@link io.gatehouse.config.GatehouseBeans} are the CDI shell.
 */
@NullMarked
package io.gatehouse.config;

import org.jspecify.annotations.NullMarked;
