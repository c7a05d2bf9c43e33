/**
 * Figures: what is counted where it happens, cheaply enough for every delta, and read by whoever shows it. The console and
 * the metrics read the same ones.
 */
@NullMarked
package dev.weir.figure;

import org.jspecify.annotations.NullMarked;
