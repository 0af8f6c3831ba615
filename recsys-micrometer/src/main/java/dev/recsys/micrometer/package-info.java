/**
 * Metrics of a recommender and of its logs, for Micrometer; begin with {@link dev.recsys.micrometer.RecsysMetrics}.
 */
@NullMarked
package dev.recsys.micrometer;

import org.jspecify.annotations.NullMarked;
