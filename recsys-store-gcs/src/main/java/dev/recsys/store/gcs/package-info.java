/** The blob store in a bucket of Google Cloud Storage. */
@NullMarked
package dev.recsys.store.gcs;

import org.jspecify.annotations.NullMarked;
