/**
 * Content safety: term lists and patterns that are matched while an answer streams, and a judge, which is another model.
 * Who judges is behind a port, {@link dev.weir.pipeline.safety.Judge}.
 */
@NullMarked
package dev.weir.pipeline.safety;

import org.jspecify.annotations.NullMarked;
