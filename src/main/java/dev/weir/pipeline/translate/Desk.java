package dev.weir.pipeline.translate;

import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.SideText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the pieces of one answer translated: at most so many at once, each within its time, and delivered in order. Works
 * within the branch's steps; what other threads bring goes through an inbox. {@link #cancel} may come from any thread.
 */
final class Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final BranchContext branch;
    private final Translator translator;
    private final Alarms alarms;
    private final Terms terms;
    private final List<Lane> lanes;
    private final boolean answer;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<Job> unsettled = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private volatile boolean ending;
    private volatile boolean cancelled;
    private boolean busy;
    private int running;

    /**
     * On what terms it works.
     *
     * @param model the translator's, by its name in the catalogue
     * @param atOnce the most translations of this answer under way
     * @param patience from the end of a sentence until the translator has answered, else its original is delivered; for a
     *     person's message, all of which is there at once, from when the sentence's turn comes. As long again for the guards
     */
    record Terms(String model, int atOnce, Duration patience, Glossary glossary) {}

    Desk(BranchContext branch, Translator translator, Alarms alarms, Terms terms, List<String> languages) {
        this.branch = branch;
        this.translator = translator;
        this.alarms = alarms;
        this.terms = terms;
        this.lanes = languages.stream().map(Lane::new).toList();
        this.answer = branch.author().isEmpty();
    }

    /** The next piece of the answer. */
    void add(Piece piece) {
        Masked prose = Masked.of(piece.prose());
        for (Lane lane : lanes) {
            Job job = lane.add(piece, prose, usage -> branch.spent(terms.model(), usage));
            if (!prose.hasWords()) {
                settle(job, "", false);
            } else if (cancelled) {
                settle(job, "", true);
            } else {
                unsettled.add(job);
                waiting.add(job);
                if (answer) {
                    expect(job);
                }
            }
        }
        work();
    }

    private void expect(Job job) {
        job.expectBy(alarms.after(terms.patience(), () -> post(() -> late(job))));
    }

    /** Waits until every piece is settled. */
    void finish() {
        ending = true;
        work();
        try {
            while (!unsettled.isEmpty()) {
                inbox.take().run();
                startMore();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            giveUp();
        }
    }

    /** Nobody waits any more: closes what is open; {@link #finish} leaves what is not settled in the original. */
    void cancel() {
        cancelled = true;
        unsettled.forEach(Job::stop);
        inbox.add(this::giveUp);
    }

    private void giveUp() {
        waiting.clear();
        for (Lane lane : lanes) {
            List.copyOf(unsettled).stream().filter(it -> it.lane == lane).forEach(it -> settle(it, "", true));
        }
    }

    /** Whoever brings news must not wait for the branch: it may be at its end, waiting for the news. */
    private void post(Runnable news) {
        inbox.add(news);
        if (!ending) {
            alarms.soon(() -> branch.step(this::work));
        }
    }

    /** Does what is in the inbox and starts what may be started. A translator may answer while it is being asked. */
    private void work() {
        if (busy) {
            return;
        }
        busy = true;
        try {
            startMore();
            for (Runnable news = inbox.poll(); news != null; news = inbox.poll()) {
                news.run();
                startMore();
            }
        } finally {
            busy = false;
        }
    }

    private void startMore() {
        while (running < terms.atOnce() && !waiting.isEmpty()) {
            start(waiting.remove());
        }
    }

    private void start(Job job) {
        running++;
        job.begin();
        if (!answer) {
            expect(job);
        }
        List<Translator.Sentence> before = job.before();
        alarms.soon(() -> ask(job, before));
    }

    /** Sends a piece to the translator, as far as the guards let it go, and so what came before it. */
    private void ask(Job job, List<Translator.Sentence> before) {
        SideText guard = branch.side();
        job.guardedBy(guard);
        List<Line> lines = new ArrayList<>();
        before.forEach(it -> lines.add(line(it.source())));
        lines.add(line(job.piece.prose()));
        Optional<List<Line>> allowed = guard.sent(lines);
        if (allowed.isPresent()) {
            ask(job, before, allowed.get());
        } else if (cancelled || before.isEmpty()) {
            post(() -> failed(job, "a guard did not let it go"));
        } else {
            ask(job, List.of());
        }
    }

    private static Line line(String text) {
        return new Line(Line.Speaker.ASSISTANT, text);
    }

    /** What the translator says waits until its call is known here, since closing the call is what tells its price. */
    private void ask(Job job, List<Translator.Sentence> before, List<Line> allowed) {
        List<Translator.Sentence> sentences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            sentences.add(
                    new Translator.Sentence(allowed.get(i).text(), before.get(i).translation()));
        }
        String sent = allowed.getLast().text();
        boolean changed = !sent.equals(job.piece.prose());
        Masked prose = changed ? Masked.of(sent) : job.prose;
        String language = job.lane.language;
        var request = new Translator.Request(
                terms.model(),
                language,
                prose.text(),
                sentences,
                terms.glossary().terms(prose.text(), language));
        CompletableFuture<@Nullable Void> known = new CompletableFuture<>();
        job.asked(translator.translate(request, new Translator.Listener() {
            @Override
            public void translated(String translation) {
                known.thenRun(() -> post(() -> said(job, prose.restore(translation), changed)));
            }

            @Override
            public void failed(String why) {
                known.thenRun(() -> post(() -> Desk.this.failed(job, why)));
            }
        }));
        known.complete(null);
        if (cancelled) {
            job.stop();
        }
    }

    private void said(Job job, Optional<String> translation, boolean changed) {
        if (job.done()) {
            return;
        }
        if (translation.isEmpty()) {
            failed(job, "it changed what must stay as it is");
            return;
        }
        running--;
        job.said(translation.get(), changed);
        guard(job.lane);
    }

    /** What a translator says passes the guards like the words of any model. What stands as it is has passed them. */
    private void guard(Lane lane) {
        lane.guard((job, before) -> {
            String prose = job.said().orElseThrow();
            if (prose.equals(job.piece.prose())) {
                settleOnly(job, "", false);
            } else {
                expect(job);
                alarms.soon(() -> look(job, before, job.piece.with(prose)));
            }
        });
        deliver(lane);
    }

    private void look(Job job, String before, String translation) {
        SideText guard = branch.side();
        job.guardedBy(guard);
        Optional<Line> asked = job.changed() ? Optional.of(line(job.piece.prose())) : Optional.empty();
        Optional<String> passed = guard.received(before, asked, translation);
        post(() -> guarded(job, passed));
    }

    private void guarded(Job job, Optional<String> passed) {
        if (job.done()) {
            return;
        }
        if (passed.isEmpty()) {
            failed(job, "a guard let nothing of it through");
        } else {
            boolean same = passed.get().equals(job.piece.source());
            settle(job, same ? "" : passed.get(), false);
        }
    }

    private void failed(Job job, String why) {
        if (job.done()) {
            return;
        }
        if (!cancelled) {
            LOG.warn(
                    "Room {}: a sentence of {} could not be translated into {} by {}: {}",
                    branch.room(),
                    branch.branch(),
                    job.lane.language,
                    terms.model(),
                    why);
        }
        settle(job, "", true);
    }

    private void late(Job job) {
        if (!job.done()) {
            settle(job, "", true);
        }
    }

    private void settle(Job job, String text, boolean original) {
        settleOnly(job, text, original);
        guard(job.lane);
    }

    private void settleOnly(Job job, String text, boolean original) {
        if (job.running()) {
            running--;
        }
        waiting.remove(job);
        job.stop();
        job.settle(text, original);
        unsettled.remove(job);
    }

    private void deliver(Lane lane) {
        lane.deliver(it -> branch.variant(it.lane.language, it.piece.from(), it.piece.to(), it.text(), it.original()));
    }
}
