package dev.weir.pipeline.translate;

import dev.weir.event.Event;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.pipeline.AnyBranch;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.SideText;
import dev.weir.pipeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A branch that is translated, with a translator and a clock that do what the test says. Steps are kept apart from the
 * stage's other calls as a branch does it.
 */
final class Desktop extends AnyBranch implements BranchContext, Languages, Translator, Alarms, Stage {

    final StringBuilder text = new StringBuilder();
    final List<Event.Variant> variants = new CopyOnWriteArrayList<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final AtomicLong spent = new AtomicLong();
    final List<String> guarded = new CopyOnWriteArrayList<>();
    final AtomicInteger givenUp = new AtomicInteger();
    volatile UnaryOperator<String> sending = UnaryOperator.identity();
    volatile UnaryOperator<String> receiving = UnaryOperator.identity();
    private final Optional<Member> author;
    int ends;
    private final Map<String, String> settings;
    private final List<String> languages;
    private final String textBefore;
    private final Mode mode;
    private final boolean forProgram;
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private final Stage stage;
    private final AtomicLong now = new AtomicLong();
    private int open;
    private int mostOpen;

    Desktop(Map<String, String> settings, List<String> languages) {
        this(settings, languages, "");
    }

    Desktop(Map<String, String> settings, List<String> languages, String textBefore) {
        this(settings, languages, textBefore, Mode.ENFORCE, false);
    }

    Desktop(Map<String, String> settings, List<String> languages, String textBefore, Mode mode, boolean forProgram) {
        this(settings, languages, textBefore, mode, forProgram, Optional.empty());
    }

    /** What a person has said. */
    static Desktop of(Member author, Map<String, String> settings, List<String> languages) {
        return new Desktop(settings, languages, "", Mode.ENFORCE, false, Optional.of(author));
    }

    private Desktop(
            Map<String, String> settings,
            List<String> languages,
            String textBefore,
            Mode mode,
            boolean forProgram,
            Optional<Member> author) {
        this.author = author;
        this.settings = settings;
        this.languages = languages;
        this.textBefore = textBefore;
        this.mode = mode;
        this.forProgram = forProgram;
        text.append(textBefore);
        stage = new Translate(this, this, this).open(this, this);
    }

    /** A sentence that was sent to be translated. */
    final class Asked implements Call {
        final Request request;
        volatile boolean cancelled;
        private final Listener listener;
        private final AtomicBoolean told = new AtomicBoolean();
        private boolean over;

        Asked(Request request, Listener listener) {
            this.request = request;
            this.listener = listener;
        }

        void answer(String translation) {
            if (told.compareAndSet(false, true)) {
                close();
                listener.translated(translation);
            }
        }

        /** With the language in front. */
        void answer() {
            answer(request.language() + ":" + request.text());
        }

        void fail() {
            if (told.compareAndSet(false, true)) {
                close();
                listener.failed("as the test asked");
            }
        }

        private void close() {
            synchronized (Desktop.this) {
                if (!over) {
                    over = true;
                    open--;
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            close();
        }

        @Override
        public Usage usage() {
            return new Usage(5, 1, 7, false);
        }
    }

    private static final class Alarm {
        final long at;
        final Runnable task;
        volatile boolean off;

        Alarm(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    synchronized int mostOpen() {
        return mostOpen;
    }

    synchronized int open() {
        return open;
    }

    long alarmsSet() {
        return alarms.stream().filter(it -> !it.off).count();
    }

    void say(String delta) {
        locked(() -> stage.delta(delta));
    }

    void finish() {
        locked(() -> {
            over();
            stage.end();
        });
    }

    /** As when a member stops the answer. */
    void stop() {
        stage.cancel();
    }

    void pass(Duration time) {
        long then = now.addAndGet(time.toMillis());
        for (Alarm alarm : alarms) {
            if (!alarm.off && alarm.at <= then) {
                alarm.off = true;
                alarm.task.run();
            }
        }
    }

    /** The translation as a reader sees it, marked pieces in braces. */
    String shown(String language) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (Event.Variant it : of(language)) {
            if (it.from() != at) {
                throw new AssertionError("A gap at " + at + ": " + it);
            }
            at = it.to();
            String source = text.substring(it.from(), it.to());
            shown.append(it.original() ? "{" + source + "}" : it.text().isEmpty() ? source : it.text());
        }
        return shown.toString();
    }

    List<Event.Variant> of(String language) {
        return variants.stream().filter(it -> it.language().equals(language)).toList();
    }

    Variants folded() {
        Variants.Fold fold = new Variants.Fold();
        variants.forEach(fold::add);
        return fold.folded();
    }

    List<String> sent() {
        return asked.stream().map(it -> it.request.text()).toList();
    }

    @Override
    public Call translate(Request request, Listener listener) {
        Asked call = new Asked(request, listener);
        synchronized (this) {
            open++;
            mostOpen = Math.max(mostOpen, open);
        }
        asked.add(call);
        return call;
    }

    /** At once where that is possible, so that tests see what came of it. */
    @Override
    public void soon(Runnable task) {
        if (lock.tryLock()) {
            try {
                task.run();
            } finally {
                lock.unlock();
            }
        } else {
            Thread.startVirtualThread(task);
        }
    }

    @Override
    public Runnable after(Duration time, Runnable task) {
        Alarm alarm = new Alarm(now.get() + time.toMillis(), task);
        alarms.add(alarm);
        return () -> alarm.off = true;
    }

    @Override
    public List<String> inUse(String room, String author) {
        return languages;
    }

    @Override
    public void delta(String delta) {
        text.append(delta);
    }

    @Override
    public void end() {
        ends++;
    }

    @Override
    public void variant(String language, int from, int to, String translation, boolean original) {
        if (!lock.isHeldByCurrentThread()) {
            throw new AssertionError("Not within a step");
        }
        if (to > text.length()) {
            throw new AssertionError("Before its text");
        }
        variants.add(new Event.Variant("t", "b", language, from, to, translation, original));
    }

    @Override
    public void spent(String model, Usage usage) {
        spent.addAndGet(usage.micros());
    }

    @Override
    public Optional<Member> author() {
        return author;
    }

    /** What guards do with texts that are sent, and with what comes back; by default nothing. */
    @Override
    public SideText side() {
        return new SideText() {
            @Override
            public Optional<List<Line>> sent(List<Line> lines) {
                List<Line> allowed = lines.stream()
                        .map(it -> new Line(it.speaker(), sending.apply(it.text())))
                        .toList();
                return allowed.stream().anyMatch(it -> it.text().isEmpty()) ? Optional.empty() : Optional.of(allowed);
            }

            @Override
            public Optional<String> received(String before, Optional<Line> asked, String text) {
                guarded.add(before + "|" + asked.map(Line::text).orElse("") + "|" + text);
                return Optional.of(receiving.apply(text)).filter(it -> !it.isEmpty());
            }

            @Override
            public void tell() {
                if (!lock.isHeldByCurrentThread()) {
                    throw new AssertionError("Not within a step");
                }
            }

            @Override
            public void giveUp() {
                givenUp.incrementAndGet();
            }
        };
    }

    @Override
    public String setting(String key, String defaultValue) {
        return settings.getOrDefault(key, defaultValue);
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public boolean forProgram() {
        return forProgram;
    }

    @Override
    public String textBefore() {
        return textBefore;
    }

    @Override
    public void verdict(Verdict.Decision decision, String rule) {
        throw new AssertionError("Translation decides nothing");
    }

    @Override
    public void block(String rule, String reason) {
        throw new AssertionError("Translation blocks nothing");
    }

    @Override
    public void withdraw(int kept, String rule, String reason) {
        throw new AssertionError("Translation takes nothing back");
    }

    @Override
    public int shown() {
        return text.length();
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        throw new AssertionError("Translation waits by itself");
    }

    @Override
    public void outputTokens(long tokens) {
        throw new AssertionError("The meter counts");
    }
}
