/** Reads interaction events from files into columns; sets lines aside that are no events. */
@NullMarked
package dev.recsys.pipelines.events;

import org.jspecify.annotations.NullMarked;
