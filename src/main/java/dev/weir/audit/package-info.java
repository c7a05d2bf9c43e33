/**
 * The audit: what was let through, what guards decided, and what administrators did, as records that are chained by
 * their hashes, so that a change or a loss shows. Holds the front that everybody records through, the trail that writes
 * behind it, and the check of what was written; a store keeps the records.
 */
@NullMarked
package dev.weir.audit;

import org.jspecify.annotations.NullMarked;
