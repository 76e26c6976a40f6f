/** Classes that go into the application that calls another one. */
package io.gatehouse.it.outgoing;
