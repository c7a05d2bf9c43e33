/**
 * What answers cost and who pays: the port through which every answer is reported while it is written and settled when it
 * has ended.
 */
@NullMarked
package dev.weir.budget;

import org.jspecify.annotations.NullMarked;
