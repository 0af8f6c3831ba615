/** An S3 server in memory, for tests and local development. */
@NullMarked
package dev.recsys.testserver.s3;

import org.jspecify.annotations.NullMarked;
