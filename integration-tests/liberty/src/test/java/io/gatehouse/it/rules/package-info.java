/** Goes into the application: resources with every annotation that asks something of the caller. */
package io.gatehouse.it.rules;
