package dev.weir.pipeline.translate;

import dev.weir.pipeline.BranchContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
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
     * @param patience from the end of a sentence until its original is delivered instead
     */
    record Terms(String model, int atOnce, Duration patience, Glossary glossary) {}

    Desk(BranchContext branch, Translator translator, Alarms alarms, Terms terms, List<String> languages) {
        this.branch = branch;
        this.translator = translator;
        this.alarms = alarms;
        this.terms = terms;
        this.lanes = languages.stream().map(Lane::new).toList();
    }

    /** The next piece of the answer. */
    void add(Piece piece) {
        Masked prose = Masked.of(piece.prose());
        for (Lane lane : lanes) {
            Job job = lane.add(piece, prose);
            if (!prose.hasWords()) {
                settle(job, "", false);
            } else if (cancelled) {
                settle(job, "", true);
            } else {
                unsettled.add(job);
                waiting.add(job);
                job.expectBy(alarms.after(terms.patience(), () -> post(() -> late(job))));
            }
        }
        work();
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
        unsettled.forEach(it -> branch.spent(it.stop()));
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
        String text = job.prose.text();
        String language = job.lane.language;
        var request = new Translator.Request(
                terms.model(), language, text, job.before(), terms.glossary().terms(text, language));
        job.asked(translator.translate(request, new Translator.Listener() {
            @Override
            public void translated(String translation) {
                post(() -> answered(job, job.prose.restore(translation), "it changed what must stay as it is"));
            }

            @Override
            public void failed(String why) {
                post(() -> answered(job, Optional.empty(), why));
            }
        }));
        if (cancelled) {
            branch.spent(job.stop());
        }
    }

    private void answered(Job job, Optional<String> translation, String otherwise) {
        if (job.done()) {
            return;
        }
        if (translation.isEmpty()) {
            LOG.warn(
                    "Turn {}: a sentence could not be translated into {} by {}: {}",
                    branch.turn(),
                    job.lane.language,
                    terms.model(),
                    otherwise);
        }
        String prose = translation.orElse("");
        boolean same = prose.equals(job.piece.prose());
        settle(job, translation.isEmpty() || same ? "" : job.piece.with(prose), translation.isEmpty());
    }

    private void late(Job job) {
        if (!job.done()) {
            settle(job, "", true);
        }
    }

    private void settle(Job job, String text, boolean original) {
        if (job.running()) {
            running--;
        }
        waiting.remove(job);
        branch.spent(job.stop());
        job.settle(text, original);
        unsettled.remove(job);
        job.lane.deliver(
                it -> branch.variant(it.lane.language, it.piece.from(), it.piece.to(), it.text(), it.original()));
    }
}
