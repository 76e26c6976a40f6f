/** The application that is deployed, over and over. */
package io.gatehouse.soak.application;
