package dev.weir.pipeline;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Estimates tokens with the o200k vocabulary, whatever the model: other vocabularies differ by some per cent. */
public final class Tokens {

    private Tokens() {}

    /** Loads the vocabulary on first use: a few hundred milliseconds, once. */
    private static final class Vocabulary {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /** The tokens of a text; 0 for an empty one. */
    public static int count(String text) {
        return text.isEmpty() ? 0 : Vocabulary.ENCODING.countTokensOrdinary(text);
    }

    /** The most tokens that a text can have: its bytes of UTF-8. Costs next to nothing beside counting. */
    public static long most(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    /** Loads the vocabulary now, so that the first answer does not wait for it. */
    public static void load() {
        count("ready");
    }
}
