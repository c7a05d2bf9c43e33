/**
 * Regular expressions that are matched while text comes: each character costs at most as many steps as the expression is
 * large, and after each it is known where the earliest match under way began.
 */
@NullMarked
package dev.weir.pipeline.pattern;

import org.jspecify.annotations.NullMarked;
