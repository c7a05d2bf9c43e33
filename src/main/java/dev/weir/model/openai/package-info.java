/**
 * The adapter for providers that speak OpenAI's chat completions: langchain4j builds the request and reads the chunks,
 * an HTTP client of our own underneath gives the connection away at once when it is asked to.
 */
@NullMarked
package dev.weir.model.openai;

import org.jspecify.annotations.NullMarked;
