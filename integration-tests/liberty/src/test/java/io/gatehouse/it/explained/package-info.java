/** Goes into the application that explains its refusals. */
package io.gatehouse.it.explained;
