/** Tries a text on the interceptors of a plan, without a room: what they would release when, hold, and decide. */
@NullMarked
package dev.weir.pipeline.bench;

import org.jspecify.annotations.NullMarked;
