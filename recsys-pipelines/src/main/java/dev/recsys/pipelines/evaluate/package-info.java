/** Measures tables against later events. */
@NullMarked
package dev.recsys.pipelines.evaluate;

import org.jspecify.annotations.NullMarked;
