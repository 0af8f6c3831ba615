package dev.recsys.examples;

import java.time.Instant;

/**
 * One line of the shop's ledger.
 *
 * @param basket what was paid together
 * @param item what was sold
 * @param at when
 */
public record Sale(String basket, String item, Instant at) {}
