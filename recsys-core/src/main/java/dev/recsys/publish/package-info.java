/** Makes builds and publishes them: ship, roll back, hold, and see what happened. */
@NullMarked
package dev.recsys.publish;

import org.jspecify.annotations.NullMarked;
