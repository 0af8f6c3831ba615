/**
 * One HTML page with figures and plots, in one file: {@link dev.recsys.cli.page.Page} has tiles and sections, a section has
 * notes, tables and plots. Nothing is loaded from elsewhere, and there is no script.
 */
@NullMarked
package dev.recsys.cli.page;

import org.jspecify.annotations.NullMarked;
