package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.pipeline.InForce;
import dev.weir.pipeline.PolicyJson;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.room.PolicyDesk;
import java.util.List;
import java.util.Locale;

/** Interceptors and what is in force, as JSON. */
final class InterceptorsJson {

    private InterceptorsJson() {}

    static ObjectNode interceptors(List<StreamInterceptor> interceptors) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("interceptors");
        interceptors.forEach(it -> put(list.addObject(), it));
        return json;
    }

    private static void put(ObjectNode json, StreamInterceptor interceptor) {
        json.put("name", interceptor.name());
        json.put("place", word(interceptor.place()));
        json.put("maxHeld", interceptor.maxHeld());
        ArrayNode settings = json.putArray("settings");
        interceptor.settings().forEach(it -> put(settings.addObject(), it));
    }

    private static void put(ObjectNode json, Setting setting) {
        json.put("key", setting.key());
        json.put("kind", word(setting.kind()));
        json.put("default", setting.byDefault());
        json.put("label", setting.label());
        if (setting.kind() == Setting.Kind.CHOICE) {
            setting.choices().forEach(json.putArray("choices")::add);
        }
    }

    static ObjectNode scopes(List<Scope> scopes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("policies");
        scopes.forEach(it -> put(list.addObject(), it));
        return json;
    }

    private static void put(ObjectNode json, Scope scope) {
        json.put("kind", scope.kind().word());
        if (!scope.id().isEmpty()) {
            json.put("id", scope.id());
        }
    }

    static ObjectNode standing(PolicyDesk.Standing standing) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json.putObject("scope"), standing.scope());
        json.set("policy", PolicyJson.object(standing.own()));
        ObjectNode inForce = json.putObject("inForce");
        inForce.put("orderFrom", standing.plan().orderFrom().word());
        standing.plan().orderLockedBy().ifPresent(it -> inForce.put("orderLockedBy", it.word()));
        ArrayNode list = inForce.putArray("interceptors");
        standing.plan().all().forEach(it -> put(list.addObject(), it));
        return json;
    }

    private static void put(ObjectNode json, InForce inForce) {
        json.put("name", inForce.name());
        json.put("mode", inForce.mode().word());
        json.put("modeFrom", inForce.modeFrom().word());
        inForce.lockedBy().ifPresent(it -> json.put("lockedBy", it.word()));
        ArrayNode settings = json.putArray("settings");
        for (Setting setting : inForce.interceptor().settings()) {
            settings.addObject()
                    .put("key", setting.key())
                    .put("value", inForce.value(setting))
                    .put("from", inForce.from(setting.key()).word());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
