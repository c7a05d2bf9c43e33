package dev.weir.log;

import dev.weir.event.Entry;
import dev.weir.event.Event;
import dev.weir.event.Event.Branch;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.Message;
import dev.weir.event.Event.Presence;
import dev.weir.event.Event.TurnEnded;
import dev.weir.event.Event.TurnStarted;
import dev.weir.event.Event.Withdrawn;
import dev.weir.event.Member;
import dev.weir.event.Variants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fold of a room's hot tail up to one event: which answers are being written and their text so far, which messages
 * came lately, and who is doing what. What replaces what is not followed here: that takes the whole conversation, see
 * {@link Snapshot}. Not thread-safe; its room tail guards it.
 */
final class Conversation {

    /** How many finished messages are remembered here until the cold log surely has them. */
    static final int RECENT = 64;

    private static final int PRESENT = 256;

    private final Map<String, Live> live = new LinkedHashMap<>();
    private final Map<String, Recent> recent = new LinkedHashMap<>();

    /** The translations that came after the message they belong to: those of what people said. */
    private final Map<String, Variants.Fold> later = new HashMap<>();

    private final Map<Member, Entry> presence = new LinkedHashMap<>();

    /** An answer being written. {@code skipTo}: deltas below this seq are in the text already. */
    static final class Live {
        final Entry started;
        final Branch branch;
        final long skipTo;
        final StringBuilder text = new StringBuilder();
        final Variants.Fold variants;
        long lastSeq;

        Live(Entry started, Branch branch, long skipTo) {
            this(started, branch, skipTo, Variants.NONE);
        }

        Live(Entry started, Branch branch, long skipTo, Variants variants) {
            this.started = started;
            this.branch = branch;
            this.skipTo = skipTo;
            this.variants = new Variants.Fold(variants);
            this.lastSeq = started.seq();
        }

        TurnStarted turn() {
            return (TurnStarted) started.event();
        }
    }

    /** A message that came lately; {@code place} is where it stands in the conversation. */
    record Recent(long place, Entry entry) {
        Message message() {
            return (Message) entry.event();
        }
    }

    /** Takes over an answer that was being written before the oldest event of the hot tail. */
    void resume(Live answer, String text) {
        answer.text.append(text);
        live.put(answer.branch.id(), answer);
    }

    void apply(Entry entry) {
        switch (entry.event()) {
            case TurnStarted started -> start(entry, started);
            case Delta delta -> append(entry.seq(), delta);
            case Event.Variant variant -> translate(entry.seq(), variant);
            case Message message -> finish(entry, message);
            case Withdrawn withdrawn -> withdraw(entry.seq(), withdrawn);
            case TurnEnded ended -> live.remove(ended.branch());
            case Presence doing -> presence(entry, doing);
            case Event.Verdict ignored -> {}
            case Event.Notice ignored -> {}
            case Event.RoomRenamed ignored -> {}
            case Event.RoomDeleted ignored -> clear();
        }
    }

    /** Forgets everything but who is there. */
    void clear() {
        live.clear();
        recent.clear();
        later.clear();
    }

    /** Forgets who is there. */
    void nobody() {
        presence.clear();
    }

    private void start(Entry entry, TurnStarted started) {
        for (Branch branch : started.branches()) {
            live.put(branch.id(), new Live(entry, branch, 0));
        }
    }

    void append(long seq, Delta delta) {
        Live answer = live.get(delta.branch());
        if (answer != null && seq >= answer.skipTo) {
            answer.text.append(delta.text());
            answer.lastSeq = seq;
        }
    }

    private void withdraw(long seq, Withdrawn withdrawn) {
        Live answer = live.get(withdrawn.branch());
        if (answer != null && seq >= answer.skipTo) {
            answer.text.setLength(Math.min(answer.text.length(), withdrawn.kept()));
            answer.variants.keep(withdrawn.kept());
            answer.lastSeq = seq;
        }
    }

    private void translate(long seq, Event.Variant variant) {
        Live answer = live.get(variant.branch());
        if (answer != null && seq >= answer.skipTo) {
            answer.variants.add(variant);
            answer.lastSeq = seq;
        } else if (answer == null && recent.containsKey(variant.branch())) {
            later.computeIfAbsent(variant.branch(), it -> new Variants.Fold()).add(variant);
        }
    }

    private void finish(Entry entry, Message message) {
        Live answer = live.remove(message.id());
        recent.put(message.id(), new Recent(answer == null ? entry.seq() : answer.started.seq(), entry));
        if (recent.size() > RECENT) {
            String oldest = recent.keySet().iterator().next();
            recent.remove(oldest);
            later.remove(oldest);
        }
    }

    private void presence(Entry entry, Presence doing) {
        presence.remove(doing.member());
        if (doing.state() != Presence.State.IDLE) {
            presence.put(doing.member(), entry);
        }
        if (presence.size() > PRESENT) {
            presence.remove(presence.keySet().iterator().next());
        }
    }

    /** Forgets finished messages that have left the conversation for good. */
    void forget(Set<String> messages) {
        recent.keySet().removeAll(messages);
        later.keySet().removeAll(messages);
    }

    /** What has come of an answer from a place in its text on; empty when it is not here, or no longer. */
    Optional<AnswerPart> answer(String branch, int from) {
        Live writing = live.get(branch);
        if (writing != null) {
            int start = Math.min(from, writing.text.length());
            return Optional.of(new AnswerPart(writing.text.substring(start), false, Optional.empty()));
        }
        return Optional.ofNullable(recent.get(branch)).map(it -> AnswerPart.of(it.message(), from));
    }

    /** The texts so far of the answers that are being written, by branch. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        live.forEach((branch, answer) -> texts.put(branch, answer.text.toString()));
        return texts;
    }

    /** The state now, as a copy that the conversation will not touch again. */
    View view() {
        List<Writing> writing = new ArrayList<>();
        for (Live answer : live.values()) {
            writing.add(new Writing(
                    answer.started, answer.branch, answer.text.toString(), answer.variants.folded(), answer.lastSeq));
        }
        Map<String, Recent> finished = new LinkedHashMap<>(recent);
        finished.replaceAll((id, it) -> translated(it));
        return new View(writing, finished, List.copyOf(presence.values()));
    }

    /** A finished message with the translations that came after it. An answer has its own already. */
    private Recent translated(Recent it) {
        Message message = it.message();
        Variants.Fold variants = later.get(message.id());
        if (variants == null || message.answer().isPresent()) {
            return it;
        }
        Entry entry = new Entry(it.entry().seq(), it.entry().at(), message.with(variants.folded()));
        return new Recent(it.place(), entry);
    }

    /** An answer being written, its text and its translations so far. */
    record Writing(Entry started, Branch branch, String text, Variants variants, long lastSeq) {}

    record View(List<Writing> writing, Map<String, Recent> recent, List<Entry> presence) {}
}
