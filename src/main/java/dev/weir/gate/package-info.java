/**
 * What every HTTP request passes before it reaches a door: who is it, does it come from our own pages, and
 * which headers protect the answer.
 */
@NullMarked
package dev.weir.gate;

import org.jspecify.annotations.NullMarked;
