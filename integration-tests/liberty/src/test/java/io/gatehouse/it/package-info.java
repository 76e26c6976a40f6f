/** The jar in a WAR on a real server: what a caller on the wire gets to see. */
package io.gatehouse.it;
