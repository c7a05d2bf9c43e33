package dev.weir.admin;

import dev.weir.event.Member;
import dev.weir.identity.User;
import dev.weir.pipeline.InForce;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Place;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.bench.Bench;
import dev.weir.pipeline.bench.Cuts;
import dev.weir.pipeline.bench.Trial;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tries a text on the interceptors of a scope. */
@Named
@RequestScoped
public class BenchView {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_QUESTION = 2_000;

    @Inject
    ScopeChoice scopeChoice;

    @Inject
    ConsoleCaller me;

    private String text = "";
    private String question = "";
    private String how = "words";
    private String characters = "4";
    private String cuts = "";
    private @Nullable Trial trial;

    /** A text to begin with. */
    public record Sample(String label, String text) {}

    /** The most that one interceptor held at a time. */
    public record Most(String interceptor, int length) {}

    public List<Sample> getSamples() {
        return SampleTexts.ALL.stream()
                .map(it -> new Sample(it.label(), it.text()))
                .toList();
    }

    public void run() {
        User admin = me.admin();
        List<String> deltas = deltas();
        if (text.isBlank()) {
            Said.wrong("bench:text", "Paste a text, or take one of the samples.");
        } else if (text.length() > Bench.LONGEST_TEXT) {
            Said.wrong("bench:text", "The text has at most %,d characters.".formatted(Bench.LONGEST_TEXT));
        } else if (question.length() > LONGEST_QUESTION) {
            Said.wrong("bench:question", "The question has at most %,d characters.".formatted(LONGEST_QUESTION));
        } else if (deltas.size() > Bench.MOST_DELTAS) {
            Said.wrong(
                    "bench:how",
                    "These are %,d deltas; at most %,d are tried. Choose larger ones, or a shorter text."
                            .formatted(deltas.size(), Bench.MOST_DELTAS));
        } else {
            run(admin, deltas);
        }
    }

    private void run(User admin, List<String> deltas) {
        Plan plan = scopeChoice.standing().plan().plan();
        String organisation = scopeChoice.standing().organisation();
        String behalf = organisation.isEmpty() ? admin.organisation() : organisation;
        CompletableFuture<Trial> running = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                running.complete(Bench.run(plan, behalf, Member.person(admin.id(), admin.name()), question, deltas));
            } catch (RuntimeException | LinkageError e) {
                running.completeExceptionally(e);
            }
        });
        trial = await(running, thread);
    }

    private static @Nullable Trial await(CompletableFuture<Trial> running, Thread thread) {
        try {
            return running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            Said.wrong("", "The interceptors took longer than %d seconds.".formatted(PATIENCE.toSeconds()));
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new CompletionException(e);
        }
    }

    private List<String> deltas() {
        return switch (how) {
            case "one" -> Cuts.every(text, 1);
            case "every" -> Cuts.every(text, Math.max(1, Numbers.whole(characters, 4)));
            case "cuts" -> Cuts.at(text, places());
            default -> Cuts.words(text);
        };
    }

    private SortedSet<Integer> places() {
        SortedSet<Integer> places = new TreeSet<>();
        for (String it : cuts.split("[^0-9]+", -1)) {
            places.add(Numbers.whole(it, 0));
        }
        return places;
    }

    public @Nullable Trial getTrial() {
        return trial;
    }

    /** How the trial ended, in words. */
    public String getEnding() {
        Trial done = trial;
        return done == null ? "" : done.ending().map(BenchView::words).orElse("The text came to its end.");
    }

    private static String words(Trial.Ending ending) {
        if (ending.blocked()) {
            return "Blocked by " + ending.interceptor() + ", and the connection to the model closed: "
                    + ending.reason();
        }
        String who = ending.interceptor().isEmpty() ? "An interceptor" : ending.interceptor();
        return who + " failed, so the answer would have failed here: " + ending.reason();
    }

    /** What each interceptor held at most, where it held anything. */
    public List<Most> getMost() {
        Trial done = trial;
        if (done == null) {
            return List.of();
        }
        List<Trial.Held> all =
                done.steps().stream().flatMap(it -> it.held().stream()).toList();
        return all.stream()
                .map(Trial.Held::interceptor)
                .distinct()
                .map(name -> all.stream()
                        .filter(it -> it.interceptor().equals(name))
                        .max(Comparator.comparingInt(Trial.Held::length))
                        .map(it -> new Most(name, it.length()))
                        .orElseThrow())
                .toList();
    }

    /** What runs in the scope, in words. */
    public String getRunning() {
        return String.join(
                ", ",
                scopeChoice.standing().plan().all().stream()
                        .filter(InForce::runs)
                        .filter(it -> it.interceptor().place() == Place.MIDDLE
                                || it.name().equals("meter"))
                        .map(it -> it.name() + (it.mode() == Mode.REPORT ? " (report)" : ""))
                        .toList());
    }

    public String getText() {
        return text;
    }

    /** With line feeds only, as browsers count characters. */
    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text.replace("\r\n", "\n");
    }

    public String getQuestion() {
        return question;
    }

    public void setQuestion(@Nullable String question) {
        this.question = question == null ? "" : question;
    }

    /** {@code words}, {@code one}, {@code every} or {@code cuts}. */
    public String getHow() {
        return how;
    }

    public void setHow(@Nullable String how) {
        this.how = how == null ? "words" : how;
    }

    public String getCharacters() {
        return characters;
    }

    public void setCharacters(@Nullable String characters) {
        this.characters = characters == null ? "" : characters;
    }

    /** Before which characters the text is cut, counted from 0. */
    public String getCuts() {
        return cuts;
    }

    public void setCuts(@Nullable String cuts) {
        this.cuts = cuts == null ? "" : cuts;
    }
}
