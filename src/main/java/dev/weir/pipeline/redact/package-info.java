/**
 * Redaction: what finds personal and secret data in a text that comes in pieces, and what is done with it. An {@code
 * Engine} reads a text character by character through {@code Recogniser}s, so that what comes out never depends on how
 * the text was cut into deltas.
 */
@NullMarked
package dev.weir.pipeline.redact;

import org.jspecify.annotations.NullMarked;
