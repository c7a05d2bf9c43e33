/**
 * The log's vocabulary: who took part, what happened in a room, and where a reader stands. Everything here is
 * an immutable value; every other package speaks in these words, and this one knows nothing but the JDK.
 */
@NullMarked
package dev.weir.event;

import org.jspecify.annotations.NullMarked;
