/**
 * Looks at a build before it is shipped: {@link dev.recsys.preview.Preview} ranks logged requests by what is current and by
 * the build, {@link dev.recsys.preview.PreviewReport} says what would change, and {@link
 * dev.recsys.preview.PreviewLimits} whether that may be.
 */
@NullMarked
package dev.recsys.preview;

import org.jspecify.annotations.NullMarked;
