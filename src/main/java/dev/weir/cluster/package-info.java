/**
 * Hazelcast. Implements the ports that need shared memory between nodes; nothing else touches Hazelcast.
 */
@NullMarked
package dev.weir.cluster;

import org.jspecify.annotations.NullMarked;
