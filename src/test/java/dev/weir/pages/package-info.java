/** The pages in Chromium: one page object per screen, and tests named {@code *BrowserIT}. */
@NullMarked
package dev.weir.pages;

import org.jspecify.annotations.NullMarked;
