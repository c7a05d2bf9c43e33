package dev.weir.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A model that does what the test says: at each call the script, by number of the call from 1, gets the listener. */
public final class ScriptedModel implements StreamingModel {

    private final ModelSpec spec;
    private final BiConsumer<Integer, Listener> script;
    private final List<Prompt> prompts = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancels = new AtomicInteger();

    public ScriptedModel(String name, BiConsumer<Integer, Listener> script) {
        this(name, 8192, script);
    }

    public ScriptedModel(String name, int contextWindow, BiConsumer<Integer, Listener> script) {
        this(name, contextWindow, true, script);
    }

    private ScriptedModel(String name, int contextWindow, boolean prefill, BiConsumer<Integer, Listener> script) {
        this.spec = new ModelSpec(
                name,
                "scripted",
                name,
                "Model " + name,
                "",
                new ModelSpec.Price(new BigDecimal("2"), new BigDecimal("3")),
                contextWindow,
                false,
                Duration.ofSeconds(30),
                prefill);
        this.script = script;
    }

    /** One that is driven from outside, through {@link #listener()}. */
    public static ScriptedModel silent(String name) {
        return new ScriptedModel(name, (call, listener) -> {});
    }

    /** One that is driven from outside, and can't go on after a given beginning. */
    public static ScriptedModel beginningAgain(String name) {
        return new ScriptedModel(name, 8192, false, (call, listener) -> {});
    }

    /** One that says this and is done, on a thread of its own. */
    public static ScriptedModel saying(String name, String... deltas) {
        return new ScriptedModel(
                name,
                (call, listener) -> Thread.startVirtualThread(() -> {
                    List.of(deltas).forEach(listener::delta);
                    listener.finished(new Finish(Finish.Reason.STOP, java.util.Optional.empty()));
                }));
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public Upstream ask(Prompt prompt, Listener listener) {
        int call;
        synchronized (listeners) {
            prompts.add(prompt);
            listeners.add(listener);
            call = listeners.size();
        }
        script.accept(call, listener);
        return cancels::incrementAndGet;
    }

    public List<Prompt> prompts() {
        return prompts;
    }

    public int asked() {
        return listeners.size();
    }

    /** Whoever asked last. */
    public Listener listener() {
        return listeners.get(listeners.size() - 1);
    }

    public int cancels() {
        return cancels.get();
    }
}
