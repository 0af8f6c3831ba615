/** Signals as sums of days, for a database that takes the place of an object store. */
@NullMarked
package dev.recsys.sums;

import org.jspecify.annotations.NullMarked;
