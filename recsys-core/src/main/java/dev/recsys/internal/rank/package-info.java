/** Turns the tables of a release, a configuration, rules and a request into one list. */
@NullMarked
package dev.recsys.internal.rank;

import org.jspecify.annotations.NullMarked;
