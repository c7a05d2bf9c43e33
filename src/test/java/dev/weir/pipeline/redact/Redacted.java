package dev.weir.pipeline.redact;

import dev.weir.event.Event.ToolCall;
import dev.weir.event.Event.Verdict.Decision;
import dev.weir.event.Member;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Stage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One branch with redaction, and what came of it. */
final class Redacted implements Stage {

    static final byte[] KEY = "a key of thirty-two bytes or more".getBytes(StandardCharsets.US_ASCII);

    /** Everything that is known by itself is labelled. */
    static Map<String, String> all(String action) {
        Map<String, String> settings = new HashMap<>();
        for (Entity entity : Entity.values()) {
            settings.put(entity.key(), action);
        }
        return settings;
    }

    final StringBuilder text = new StringBuilder();
    final List<String> verdicts = new ArrayList<>();
    final List<String> blocks = new ArrayList<>();
    int ends;
    int read;
    int mostHeld;
    private final Stage stage;

    private static final Redaction REDACTION = new Redaction(() -> KEY);

    Redacted(Map<String, String> settings) {
        this(settings, Mode.ENFORCE, "room", "");
    }

    Redacted(Map<String, String> settings, Mode mode, String room, String textBefore) {
        stage = REDACTION.open(context(settings, mode, room, textBefore), this);
    }

    private BranchContext context(Map<String, String> settings, Mode mode, String room, String textBefore) {
        return (BranchContext) Proxy.newProxyInstance(
                Redacted.class.getClassLoader(),
                new Class<?>[] {BranchContext.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "room" -> room;
                    case "mode" -> mode;
                    case "textBefore" -> textBefore;
                    case "requestedBy" -> Member.person("u", "Ada");
                    case "setting" -> settings.getOrDefault((String) arguments[0], (String) arguments[1]);
                    case "verdict" -> verdicts.add(((Decision) arguments[0]).word() + " " + arguments[1]);
                    case "block" -> {
                        verdicts.add("blocked " + arguments[0]);
                        yield mode == Mode.ENFORCE && blocks.add((String) arguments[1]);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** The text let through in one piece, with the settings. */
    static String whole(Map<String, String> settings, String text) {
        return new Redacted(settings).run(List.of(text)).text.toString();
    }

    Redacted run(List<String> deltas) {
        deltas.forEach(this::give);
        if (blocks.isEmpty()) {
            stage.end();
        }
        return this;
    }

    void give(String delta) {
        if (!delta.isEmpty() && blocks.isEmpty()) {
            read += delta.length();
            stage.delta(delta);
        }
    }

    List<Line> prompt(Line... lines) {
        return stage.prompt(List.of(lines));
    }

    String toolCall(String arguments) {
        return stage.toolCall(new ToolCall("1", "tool", arguments)).arguments();
    }

    void finish() {
        stage.end();
    }

    @Override
    public void delta(String delta) {
        text.append(delta);
    }

    @Override
    public void end() {
        ends++;
    }
}
