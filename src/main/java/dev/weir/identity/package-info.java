/**
 * Who is calling: users, organisations, roles, passwords and sign-in sessions.
 */
@NullMarked
package dev.weir.identity;

import org.jspecify.annotations.NullMarked;
