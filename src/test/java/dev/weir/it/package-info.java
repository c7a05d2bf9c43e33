/**
 * Integration tests: the real WAR in a real Payara Micro, started by {@code ./weir run}, spoken to over the wire.
 */
@NullMarked
package dev.weir.it;

import org.jspecify.annotations.NullMarked;
