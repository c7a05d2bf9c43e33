/**
 * Models that answer without any AI, for trying Weir out and for tests: they read what kind of question it is, take its
 * topic, and write an answer of the right form, word by word. What they can't know they say they can't.
 */
@NullMarked
package dev.weir.model.demo;

import org.jspecify.annotations.NullMarked;
