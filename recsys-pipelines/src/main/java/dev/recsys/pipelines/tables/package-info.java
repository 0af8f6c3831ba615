/** Signals as tables of a database: filled from events, served as releases, and compared with artifacts. */
@NullMarked
package dev.recsys.pipelines.tables;

import org.jspecify.annotations.NullMarked;
