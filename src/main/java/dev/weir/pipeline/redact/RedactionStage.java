package dev.weir.pipeline.redact;

import dev.weir.event.Event.ToolCall;
import dev.weir.event.Event.Verdict.Decision;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Stage;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Redaction of one branch. */
final class RedactionStage implements Stage {

    /** Of a text that went out before: as much as may belong to something that goes on. */
    private static final int BEFORE = 2 * Scan.BOUND;

    private final Plan plan;
    private final BranchContext branch;
    private final Stage next;
    private final @Nullable Pseudonyms pseudonyms;
    private final boolean enforces;

    /** By pseudonym, what of this branch's prompt it stands for; never kept anywhere else. */
    private final Map<String, String> known = new HashMap<>();

    private @Nullable RestoringRecogniser restoring;
    private @Nullable Engine acting;
    private @Nullable Engine reporting;
    private boolean blocked;

    RedactionStage(Plan plan, BranchContext branch, Stage next, @Nullable Pseudonyms pseudonyms) {
        this.plan = plan;
        this.branch = branch;
        this.next = next;
        this.pseudonyms = pseudonyms;
        this.enforces = branch.mode() == Mode.ENFORCE;
    }

    // --- prompts ---

    @Override
    public List<Line> prompt(List<Line> lines) {
        if (!plan.prompts() || plan.acting().isEmpty()) {
            return lines;
        }
        Set<String> rules = new LinkedHashSet<>();
        List<Line> redacted = lines.stream()
                .map(it -> new Line(it.speaker(), redactPrompt(it.text(), rules)))
                .toList();
        rules.forEach(it -> branch.verdict(Decision.REDACTED, "prompt " + it));
        return enforces ? redacted : lines;
    }

    private String redactPrompt(String text, Set<String> rules) {
        return whole(plan.acting(), text, (rule, action, value) -> {
            if (action == Action.BLOCK) {
                block(rule, "The question was not sent, because there is something in it that must not leave here");
            } else {
                rules.add(rule.name());
            }
            String instead = replacement(rule, action, value);
            if (action == Action.PSEUDONYM && plan.restore() && enforces) {
                known.putIfAbsent(instead, value);
            }
            return instead;
        });
    }

    /** What comes in the place of what was found. */
    private interface Replacing {
        String replace(Rule rule, Action action, String value);
    }

    private static String whole(Look look, String text, Replacing replacing) {
        StringBuilder out = new StringBuilder(text.length());
        Engine engine = new Engine(look, new Outlet() {
            @Override
            public void pass(String passed) {
                out.append(passed);
            }

            @Override
            public void found(Rule rule, Action action, String value) {
                out.append(replacing.replace(rule, action, value));
            }
        });
        engine.accept(text);
        engine.finish();
        return out.toString();
    }

    // --- answers ---

    @Override
    public void delta(String text) {
        open();
        if (reporting != null) {
            reporting.accept(text);
        }
        if (acting != null) {
            acting.accept(text);
        }
        if (acting == null || !enforces) {
            next.delta(text);
        }
    }

    @Override
    public void end() {
        open();
        if (reporting != null) {
            reporting.finish();
        }
        if (acting != null) {
            acting.finish();
        }
        if (!blocked || !enforces) {
            next.end();
        }
    }

    private boolean opened;

    /** Not before the first text, for only then is known what the prompt has. */
    private void open() {
        if (opened) {
            return;
        }
        opened = true;
        Look look = answerLook();
        acting = look.isEmpty() ? null : seeded(new Engine(look, enforces ? new Acting() : new Watching()));
        reporting = plan.reporting().isEmpty() ? null : seeded(new Engine(plan.reporting(), new Reporting()));
    }

    private Look answerLook() {
        if (known.isEmpty()) {
            return plan.acting();
        }
        RestoringRecogniser made = new RestoringRecogniser(known);
        restoring = made;
        return plan.acting().with(made);
    }

    private Engine seeded(Engine engine) {
        String before = branch.textBefore();
        engine.seed(before.substring(Math.max(0, before.length() - BEFORE)));
        return engine;
    }

    @Override
    public ToolCall toolCall(ToolCall call) {
        if (plan.acting().isEmpty()) {
            return call;
        }
        open();
        String arguments = JsonTexts.change(
                call.arguments(),
                it -> whole(answerLook(), it, (rule, action, value) -> inToolCall(rule, action, value)));
        return enforces ? new ToolCall(call.id(), call.name(), arguments) : call;
    }

    private String inToolCall(Rule rule, Action action, String value) {
        decide(rule, action);
        return replacement(rule, action, value);
    }

    private void decide(Rule rule, Action action) {
        switch (action) {
            case RESTORE -> {}
            case BLOCK ->
                block(rule, "The answer was ended, because there was something in it that must not be shown here");
            default -> branch.verdict(Decision.REDACTED, rule.name());
        }
    }

    private void block(Rule rule, String why) {
        if (!blocked) {
            blocked = true;
            branch.block(rule.name(), why + " (" + rule.name() + ").");
        }
    }

    private String replacement(Rule rule, Action action, String value) {
        return switch (action) {
            case RESTORE -> restoring == null ? value : restoring.value(value);
            case MASK -> Replacement.masked(value);
            case PSEUDONYM -> pseudonyms == null ? rule.label() : pseudonyms.of(rule, value);
            default -> rule.label();
        };
    }

    /** Passes on what may be, and what comes in the place of the rest. */
    private final class Acting implements Outlet {
        @Override
        public void pass(String text) {
            if (!blocked) {
                next.delta(text);
            }
        }

        @Override
        public void found(Rule rule, Action action, String value) {
            if (!blocked) {
                decide(rule, action);
            }
            if (!blocked) {
                next.delta(replacement(rule, action, value));
            }
        }
    }

    /** Says what would be done; the text goes its way without it. */
    private final class Watching implements Outlet {
        @Override
        public void pass(String text) {
            // it has passed
        }

        @Override
        public void found(Rule rule, Action action, String value) {
            if (action == Action.BLOCK) {
                branch.block(rule.name(), "");
            } else {
                branch.verdict(Decision.REDACTED, rule.name());
            }
        }
    }

    /** Says that something was seen and let through. */
    private final class Reporting implements Outlet {
        @Override
        public void pass(String text) {
            // it has passed
        }

        @Override
        public void found(Rule rule, Action action, String value) {
            branch.verdict(Decision.PASSED, rule.name());
        }
    }
}
