/**
 * What operators see of a node: metrics, health and traces. Reads what the core counts; counts nothing itself. Never
 * a text, a person's name or a secret.
 */
@NullMarked
package dev.weir.telemetry;

import org.jspecify.annotations.NullMarked;
