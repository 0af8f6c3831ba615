/** The control plane, user histories and signals of days in PostgreSQL. */
@NullMarked
package dev.recsys.postgres;

import org.jspecify.annotations.NullMarked;
