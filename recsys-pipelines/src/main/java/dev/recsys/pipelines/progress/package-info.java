/** How far a long job is. */
@NullMarked
package dev.recsys.pipelines.progress;

import org.jspecify.annotations.NullMarked;
