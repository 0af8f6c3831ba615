/** A PostgreSQL server for tests and for local development. */
@NullMarked
package dev.recsys.testserver.postgres;

import org.jspecify.annotations.NullMarked;
