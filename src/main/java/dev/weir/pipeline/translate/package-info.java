/**
 * Translates answers while they are written: cuts the text that was let through into sentences, has each translated
 * once for every language that members of the room have chosen, and writes the translations into the log in order,
 * beside the original. Who speaks what and which model translates is asked through two ports, {@link
 * dev.weir.pipeline.translate.Languages} and {@link dev.weir.pipeline.translate.Translator}.
 */
@NullMarked
package dev.weir.pipeline.translate;

import org.jspecify.annotations.NullMarked;
