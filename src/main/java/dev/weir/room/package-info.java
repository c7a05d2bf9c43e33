/**
 * Rooms and their members, and the front of the core: every door asks here, and here is decided who may do what.
 */
@NullMarked
package dev.weir.room;

import org.jspecify.annotations.NullMarked;
