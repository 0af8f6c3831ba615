/** The binary form of a signal: a table of rows, each a ranked list of scored items. See {@code docs/format.md}. */
@NullMarked
package dev.recsys.table;

import org.jspecify.annotations.NullMarked;
