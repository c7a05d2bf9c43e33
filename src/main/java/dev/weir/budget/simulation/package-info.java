/**
 * What budgets would have made of answers that have ended: bills go in by the order of time, and the accounts of {@link
 * dev.weir.budget.account} say what would have been refused, cut or answered by another model. Nothing here is kept.
 */
@NullMarked
package dev.weir.budget.simulation;

import org.jspecify.annotations.NullMarked;
