package dev.weir.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A question on its way to another node; the answer is null when that node does not answer such questions yet. */
final class CallTask implements Callable<@Nullable String>, HazelcastInstanceAware, Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private static final String ANSWERS = "weir.calls";

    private final String name;
    private final String question;
    private transient @Nullable HazelcastInstance hazelcast;

    CallTask(String name, String question) {
        this.name = name;
        this.question = question;
    }

    /** Has this node answer questions of this name in this way. */
    static void answerBy(HazelcastInstance node, String name, UnaryOperator<String> answer) {
        answers(node).put(name, answer);
    }

    /** Has this node obey orders of this name; its answer says no more than that it has. */
    static <T> void obeyBy(HazelcastInstance node, String name, Class<T> order, Consumer<T> obey) {
        answerBy(node, name, written -> {
            obey.accept(GridJson.read(written, order));
            return "";
        });
    }

    @SuppressWarnings("unchecked") // what is put here
    private static ConcurrentMap<String, UnaryOperator<String>> answers(HazelcastInstance node) {
        return (ConcurrentMap<String, UnaryOperator<String>>)
                node.getUserContext().computeIfAbsent(ANSWERS, it -> new ConcurrentHashMap<>());
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public @Nullable String call() {
        HazelcastInstance here = hazelcast;
        UnaryOperator<String> answer = here == null ? null : answers(here).get(name);
        return answer == null ? null : answer.apply(question);
    }
}
