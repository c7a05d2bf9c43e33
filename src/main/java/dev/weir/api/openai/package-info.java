/**
 * The door for OpenAI's clients: {@code /v1/chat/completions} and {@code /v1/models}, with OpenAI's forms of requests,
 * answers and errors. A completion is a turn in a room like any other, and what it sends is read from the room's log.
 */
@NullMarked
package dev.weir.api.openai;

import org.jspecify.annotations.NullMarked;
