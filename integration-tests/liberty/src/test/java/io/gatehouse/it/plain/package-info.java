/** A whole application that has nothing injected. */
package io.gatehouse.it.plain;
