package dev.weir.pipeline.translate;

import dev.weir.event.Event.Declared;
import dev.weir.event.Member;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Place;
import dev.weir.pipeline.Setting;
import dev.weir.pipeline.SideText;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Translates answers, and what people say, into the languages that members of the room have chosen. The original goes on at
 * once and unchanged; the translations follow it. Stands where only text arrives that was let through; what it sends to its
 * model and what comes back pass the guards once more.
 */
@ApplicationScoped
@Priority(3000)
public class Translate implements StreamInterceptor {

    /** More languages than this are not translated into in one room: the least used ones get the original. */
    static final int MOST_LANGUAGES = 8;

    /** Its name. */
    public static final String NAME = "translate";

    private static final String MODEL = "model";
    private static final String AT_ONCE = "at-once";
    private static final String PATIENCE = "patience";
    private static final String GLOSSARY = "glossary";
    private static final int DEFAULT_AT_ONCE = 3;
    private static final int DEFAULT_PATIENCE = 10;

    private final Languages languages;
    private final Translator translator;
    private final Alarms alarms;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Translate() {
        this(null, null, null);
    }

    @Inject
    public Translate(Languages languages, Translator translator) {
        this(languages, translator, Alarms.real());
    }

    Translate(Languages languages, Translator translator, Alarms alarms) {
        this.languages = languages;
        this.translator = translator;
        this.alarms = alarms;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Whether anything is translated where these run. */
    public static boolean isIn(List<Declared> interceptors) {
        return interceptors.contains(new Declared(NAME, Mode.ENFORCE.word()));
    }

    @Override
    public Place place() {
        return Place.LOG;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.text(MODEL, "", "The model that translates, by its name in the catalogue; empty: nobody does"),
                Setting.number(
                        AT_ONCE, DEFAULT_AT_ONCE, "The most sentences of one answer that are translated at once"),
                Setting.number(PATIENCE, DEFAULT_PATIENCE, "Seconds after which a sentence is left in the original"),
                Setting.lines(GLOSSARY, "", "Terms: term = translation, or fr: term = translation"));
    }

    @Override
    public boolean isConfigured(Function<String, Optional<String>> settings) {
        return settings.apply(MODEL).filter(it -> !it.isBlank()).isPresent();
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        String author = branch.author().map(Member::id).orElse("");
        List<String> wanted = branch.mode() == Mode.ENFORCE && !branch.forProgram()
                ? languages.inUse(branch.room(), author).stream()
                        .limit(MOST_LANGUAGES)
                        .toList()
                : List.of();
        if (wanted.isEmpty()) {
            return new PassingOn(next);
        }
        Desk desk = new Desk(branch, translator, alarms, terms(branch), wanted);
        return author.isEmpty()
                ? new Translating(next, desk, branch.textBefore())
                : new TranslatingMessage(branch, next, desk, wanted);
    }

    private static Desk.Terms terms(BranchContext branch) {
        return new Desk.Terms(
                branch.setting(MODEL, "").strip(),
                Math.max(1, number(branch, AT_ONCE, DEFAULT_AT_ONCE)),
                Duration.ofSeconds(Math.max(1, number(branch, PATIENCE, DEFAULT_PATIENCE))),
                Glossary.of(branch.setting(GLOSSARY, "")));
    }

    private static int number(BranchContext branch, String key, int byDefault) {
        return Integer.parseInt(branch.setting(key, Integer.toString(byDefault)).strip());
    }

    private record PassingOn(Stage next) implements Stage {
        @Override
        public void delta(String text) {
            next.delta(text);
        }

        @Override
        public void end() {
            next.end();
        }
    }

    /** What a person has said: it is there as a whole, and no guard has seen it yet. */
    private static final class TranslatingMessage implements Stage {
        private final BranchContext branch;
        private final Stage next;
        private final Desk desk;
        private final List<String> wanted;
        private final SideText guard;
        private final StringBuilder whole = new StringBuilder();

        TranslatingMessage(BranchContext branch, Stage next, Desk desk, List<String> wanted) {
            this.branch = branch;
            this.next = next;
            this.desk = desk;
            this.wanted = wanted;
            this.guard = branch.side();
        }

        @Override
        public void delta(String text) {
            whole.append(text);
            next.delta(text);
        }

        /** What would not be sent to the model that is asked is not sent to the translator either. */
        @Override
        public void end() {
            boolean maySend = guard.sent(List.of(new Line(Line.Speaker.USER, whole.toString())))
                    .isPresent();
            guard.tell();
            if (maySend) {
                Cutter cutter = new Cutter(0, desk::add);
                cutter.take(whole.toString());
                cutter.end();
                desk.finish();
            } else {
                wanted.forEach(it -> branch.variant(it, 0, whole.length(), "", true));
            }
            next.end();
        }

        @Override
        public void cancel() {
            guard.giveUp();
            desk.cancel();
        }
    }

    private static final class Translating implements Stage {
        private final Stage next;
        private final Desk desk;
        private final Cutter cutter;

        /** Text that the log has already; not read while the stage is opened, for no step is kept apart then. */
        private String before;

        Translating(Stage next, Desk desk, String before) {
            this.next = next;
            this.desk = desk;
            this.cutter = new Cutter(0, desk::add);
            this.before = before;
        }

        private void readBefore() {
            if (!before.isEmpty()) {
                cutter.take(before);
                before = "";
            }
        }

        @Override
        public void delta(String text) {
            next.delta(text);
            readBefore();
            cutter.take(text);
        }

        @Override
        public void end() {
            readBefore();
            cutter.end();
            desk.finish();
            next.end();
        }

        @Override
        public void cancel() {
            desk.cancel();
        }
    }
}
