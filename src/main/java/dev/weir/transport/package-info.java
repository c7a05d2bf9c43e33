/**
 * The browser's door: rooms followed and commanded over WebSocket, SSE and long-polling, through Atmosphere.
 */
@NullMarked
package dev.weir.transport;

import org.jspecify.annotations.NullMarked;
