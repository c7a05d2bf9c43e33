/**
 * Runs a prompt: one turn, one branch for each model that answers, from the first call to the model to the one
 * terminal event, whatever happens in between.
 */
@NullMarked
package dev.weir.turn;

import org.jspecify.annotations.NullMarked;
