package dev.weir.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.Event;
import dev.weir.event.Variants;
import dev.weir.event.Variants.Part;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translations as they travel and as they are kept: {@code {"fr":[{"from":0,"to":12,"text":"Bonjour…"},…]}}, without
 * {@code text} where the original stands, and with {@code "original":true} where it should not.
 */
public final class VariantsJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = new JsonFactory();

    private VariantsJson() {}

    public static String write(Variants variants) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(json, variants);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    static void write(JsonGenerator json, Variants variants) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, List<Part>> language : variants.byLanguage().entrySet()) {
            json.writeArrayFieldStart(language.getKey());
            for (Part part : language.getValue()) {
                json.writeStartObject();
                part(json, part);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    static void part(JsonGenerator json, Part part) throws IOException {
        json.writeNumberField("from", part.from());
        json.writeNumberField("to", part.to());
        if (!part.text().isEmpty()) {
            json.writeStringField("text", part.text());
        }
        if (part.original()) {
            json.writeBooleanField("original", true);
        }
    }

    public static Variants read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not translations: " + e.getOriginalMessage(), e);
        }
    }

    static Variants read(JsonNode json) {
        if (json.isEmpty()) {
            return Variants.NONE;
        }
        Map<String, List<Part>> byLanguage = new LinkedHashMap<>();
        json.properties().forEach(it -> {
            List<Part> parts = new ArrayList<>();
            it.getValue().forEach(part -> parts.add(part(part)));
            byLanguage.put(it.getKey(), parts);
        });
        return new Variants(byLanguage);
    }

    static Part part(JsonNode json) {
        return new Part(
                json.path("from").asInt(),
                json.path("to").asInt(),
                json.path("text").asText(),
                json.path("original").asBoolean());
    }

    static Part part(Event.Variant variant) {
        return new Part(variant.from(), variant.to(), variant.text(), variant.original());
    }
}
