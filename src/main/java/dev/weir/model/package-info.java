/**
 * The models that can be asked: the catalogue, one port for a streaming answer, and the adapters that speak to
 * providers through langchain4j. Nothing outside this package knows langchain4j.
 */
@NullMarked
package dev.weir.model;

import org.jspecify.annotations.NullMarked;
