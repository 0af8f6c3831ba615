/** The command line: jobs build and ship, people on call look and roll back. */
@NullMarked
package dev.recsys.cli;

import org.jspecify.annotations.NullMarked;
