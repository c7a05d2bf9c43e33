/**
 * The account of one budget: a deterministic state machine that is told what to do and what time it is, and the port to
 * the place where the accounts of all budgets are kept.
 */
@NullMarked
package dev.weir.budget.account;

import org.jspecify.annotations.NullMarked;
