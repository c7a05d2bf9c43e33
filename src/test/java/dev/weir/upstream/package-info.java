/** A provider for tests: real HTTP on the wire that misbehaves on demand, for JUnit and as a process of its own. */
@NullMarked
package dev.weir.upstream;

import org.jspecify.annotations.NullMarked;
