/**
 * The console at {@code /admin/}: the beans behind its pages in {@code admin-console/}, and what is pushed to them. Beans
 * hold no rules of their own: they ask the core, which decides who may do what.
 */
@NullMarked
package dev.weir.admin;

import org.jspecify.annotations.NullMarked;
