/**
 * Markdown framing: cuts a text that grows into complete blocks (CommonMark 0.31.2 and GFM's tables), each of which
 * renders by itself. Works on one connection, after the log: what it holds back is a function of the text so far. See
 * {@code docs/framing.md}.
 */
@NullMarked
package dev.weir.pipeline.frame;

import org.jspecify.annotations.NullMarked;
