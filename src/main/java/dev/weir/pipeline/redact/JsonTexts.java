package dev.weir.pipeline.redact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.function.UnaryOperator;

/** Changes the texts, names and numbers within JSON, and leaves it JSON. */
final class JsonTexts {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonTexts() {}

    /** The same JSON with each of its texts changed; what is no JSON is changed as one text. */
    static String change(String json, UnaryOperator<String> change) {
        StringWriter changed = new StringWriter();
        try (JsonParser parser = JSON.createParser(json);
                JsonGenerator generator = JSON.createGenerator(changed)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return change.apply(json);
            }
            for (; token != null; token = parser.nextToken()) {
                copy(token, parser, generator, change);
            }
        } catch (IOException e) {
            return change.apply(json);
        }
        return changed.toString();
    }

    private static void copy(JsonToken token, JsonParser from, JsonGenerator to, UnaryOperator<String> change)
            throws IOException {
        switch (token) {
            case FIELD_NAME -> to.writeFieldName(change.apply(from.currentName()));
            case VALUE_STRING -> to.writeString(change.apply(from.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(from.getText(), to, change);
            default -> to.copyCurrentEvent(from);
        }
    }

    private static void number(String text, JsonGenerator to, UnaryOperator<String> change) throws IOException {
        String changed = change.apply(text);
        if (changed.equals(text)) {
            to.writeNumber(text);
        } else {
            to.writeString(changed);
        }
    }
}
