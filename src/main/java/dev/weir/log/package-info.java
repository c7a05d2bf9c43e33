/**
 * The room log: append, read from a cursor, follow the tail, fold a finished turn. The rules live here
 * (numbering, snapshots, what a stale cursor gets); where the hot end and the cold end are kept is behind two
 * ports, {@link dev.weir.log.HotTail} and {@link dev.weir.log.ColdLog}.
 */
@NullMarked
package dev.weir.log;

import org.jspecify.annotations.NullMarked;
