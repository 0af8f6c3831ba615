/** What measurements of the log need of its package. */
@NullMarked
package dev.recsys.log;

import org.jspecify.annotations.NullMarked;
