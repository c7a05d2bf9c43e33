/**
 * What stands between a model and the log: the contract of stream interceptors, the chain that is built from
 * them once per branch, and the built-in interceptors.
 */
@NullMarked
package dev.weir.pipeline;

import org.jspecify.annotations.NullMarked;
