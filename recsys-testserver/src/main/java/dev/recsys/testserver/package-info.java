/**
 * A proxy that lets the wire fail: before a request reaches the server, after the server applied it, or late.
 *
 * <p>For tests and local development; it speaks plain HTTP/1.1 on the loopback address, and nothing of it belongs into a
 * running service.
 */
@NullMarked
package dev.recsys.testserver;

import org.jspecify.annotations.NullMarked;
