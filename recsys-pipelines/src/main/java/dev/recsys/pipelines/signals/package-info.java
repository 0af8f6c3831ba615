/** Computes signals from events and writes them as tables. */
@NullMarked
package dev.recsys.pipelines.signals;

import org.jspecify.annotations.NullMarked;
