/** A fake of Google Cloud Storage for tests and local development: its documented JSON API on the JDK's HTTP server. */
@NullMarked
package dev.recsys.testserver.gcs;

import org.jspecify.annotations.NullMarked;
