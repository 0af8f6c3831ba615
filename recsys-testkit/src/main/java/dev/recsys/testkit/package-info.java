/** What tests of recsys share: the contract of a store, an in-memory store, a store with scripted faults, a clock. */
@NullMarked
package dev.recsys.testkit;

import org.jspecify.annotations.NullMarked;
