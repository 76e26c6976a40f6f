/** What an application with Gatehouse looks like: annotated resources, three lines of configuration, and a jar. */
package io.gatehouse.demo;
