package dev.weir.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A room as the doors show it. */
public final class RoomJson {

    private RoomJson() {}

    public static ObjectNode object(Room room) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", room.id());
        json.put("name", room.name());
        json.put("model", room.model());
        json.put("origin", room.origin().word());
        json.put("createdAt", room.createdAt().toString());
        json.put("updatedAt", room.updatedAt().toString());
        return json;
    }

    public static String write(Room room) {
        return object(room).toString();
    }
}
