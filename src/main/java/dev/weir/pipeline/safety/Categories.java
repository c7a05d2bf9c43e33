package dev.weir.pipeline.safety;

import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The categories that come with the product, and what is done about each unless somebody sets it. */
final class Categories {

    static final String SELF_HARM = "self-harm";

    private static final Map<String, Action> ALL = new LinkedHashMap<>();

    static {
        ALL.put(SELF_HARM, Action.BLOCK);
        ALL.put("violence", Action.BLOCK);
        ALL.put("hate", Action.BLOCK);
        ALL.put("sexual", Action.BLOCK);
        ALL.put("illegal-weapons", Action.BLOCK);
        ALL.put("prompt-injection", Action.REPORT);
        ALL.put(Rules.HIDDEN, Action.BLOCK);
    }

    private Categories() {}

    static List<Setting> settings() {
        return ALL.entrySet().stream()
                .map(it -> Setting.choice(
                        it.getKey(),
                        it.getValue().word(),
                        "What to do about the category “" + it.getKey() + "”",
                        Action.words()))
                .toList();
    }

    /**
     * What this branch's settings say.
     *
     * @throws IllegalArgumentException when one of them is no action
     */
    static Map<String, Action> actions(BranchContext branch) {
        Map<String, Action> actions = new LinkedHashMap<>();
        ALL.forEach((name, byDefault) -> actions.put(name, Action.of(name, branch.setting(name, byDefault.word()))));
        return actions;
    }
}
