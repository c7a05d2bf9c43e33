/** How fast callers may ask: a bucket of requests and one of tokens for each, which fill again all the time. */
@NullMarked
package dev.weir.budget.rate;

import org.jspecify.annotations.NullMarked;
