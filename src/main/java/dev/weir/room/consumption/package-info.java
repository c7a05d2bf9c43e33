/**
 * What is being used now, on all nodes together, for those who watch: each node tells what it uses, and the node of a
 * watcher gathers that once a second for all of its watchers, in bounded numbers.
 */
@NullMarked
package dev.weir.room.consumption;

import org.jspecify.annotations.NullMarked;
