/**
 * Puts the parts together: configuration, the order of starting and stopping, and the first administrator.
 */
@NullMarked
package dev.weir.boot;

import org.jspecify.annotations.NullMarked;
