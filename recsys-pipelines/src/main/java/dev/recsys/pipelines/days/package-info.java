/** Keeps the events of each day, so that a window is built without reading its raw files again. */
@NullMarked
package dev.recsys.pipelines.days;

import org.jspecify.annotations.NullMarked;
