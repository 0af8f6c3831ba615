/** Reads what is known of items beside what people did with them. */
@NullMarked
package dev.recsys.pipelines.items;

import org.jspecify.annotations.NullMarked;
