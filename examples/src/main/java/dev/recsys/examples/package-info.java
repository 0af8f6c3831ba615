/** A small shop: its events, the application that recommends, and the job that ships. */
@NullMarked
package dev.recsys.examples;

import org.jspecify.annotations.NullMarked;
