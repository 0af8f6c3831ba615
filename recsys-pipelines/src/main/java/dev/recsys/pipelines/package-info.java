/**
 * From event files to a build that can be shipped, and to the figures of an evaluation: start at {@link
 * dev.recsys.pipelines.SignalBuild}.
 */
@NullMarked
package dev.recsys.pipelines;

import org.jspecify.annotations.NullMarked;
