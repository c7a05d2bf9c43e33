/** Clients and an upstream from npm, run in Node against the real product. */
@NullMarked
package dev.weir.clients;

import org.jspecify.annotations.NullMarked;
