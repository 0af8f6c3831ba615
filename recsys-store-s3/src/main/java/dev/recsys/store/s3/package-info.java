/** The blob store in an S3 bucket. */
@NullMarked
package dev.recsys.store.s3;

import org.jspecify.annotations.NullMarked;
