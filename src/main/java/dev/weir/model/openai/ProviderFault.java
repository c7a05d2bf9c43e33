package dev.weir.model.openai;

import java.io.IOException;

/** The provider said, within what should be an answer, that something is wrong. The message is what it said. */
final class ProviderFault extends IOException {

    ProviderFault(String said) {
        super(said);
    }
}
