/**
 * The database. Implements the ports that need durable memory; owns the schema and its migrations.
 */
@NullMarked
package dev.weir.store;

import org.jspecify.annotations.NullMarked;
