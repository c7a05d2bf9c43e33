package dev.weir.pipeline.translate;

import dev.weir.event.Event;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Variants;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A branch that is translated, with a translator and a clock that do what the test says. Steps are kept apart from the
 * stage's other calls as a branch does it.
 */
final class Desktop implements BranchContext, Languages, Translator, Alarms, Stage {

    final StringBuilder text = new StringBuilder();
    final List<Event.Variant> variants = new CopyOnWriteArrayList<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final AtomicLong spent = new AtomicLong();
    int ends;
    private final Map<String, String> settings;
    private final List<String> languages;
    private final String textBefore;
    private final Mode mode;
    private final boolean forProgram;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private final Stage stage;
    private volatile boolean closed;
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
        public long micros() {
            return 7;
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
        lock.lock();
        try {
            stage.delta(delta);
        } finally {
            lock.unlock();
        }
    }

    void finish() {
        lock.lock();
        try {
            closed = true;
            stage.end();
        } finally {
            lock.unlock();
        }
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
    public List<String> inUse(String room) {
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
    public void step(Runnable step) {
        lock.lock();
        try {
            if (!closed) {
                step.run();
            }
        } finally {
            lock.unlock();
        }
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
    public void spent(long micros) {
        spent.addAndGet(micros);
    }

    @Override
    public String setting(String key, String defaultValue) {
        return settings.getOrDefault(key, defaultValue);
    }

    @Override
    public String room() {
        return "r";
    }

    @Override
    public String turn() {
        return "t";
    }

    @Override
    public String branch() {
        return "b";
    }

    @Override
    public String model() {
        return "m";
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public String organisation() {
        return "o";
    }

    @Override
    public Member requestedBy() {
        return Member.person("u", "Ada");
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
