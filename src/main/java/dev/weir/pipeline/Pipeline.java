package dev.weir.pipeline;

import dev.weir.event.Event.Declared;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All interceptors in their order, and the chains built from them. Thread-safe. */
@ApplicationScoped
public class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int DEFAULT_PRIORITY = 2500;

    private final List<StreamInterceptor> interceptors;
    private final Function<String, Optional<String>> settings;

    /** For the container's proxy only. */
    protected Pipeline() {
        this(List.of(), key -> Optional.empty());
    }

    @Inject
    Pipeline(@Any Instance<StreamInterceptor> beans, Config config) {
        this(ordered(beans), key -> config.getOptionalValue(key, String.class));
        LOG.info("Interceptors, from model to log: {}", declared());
    }

    /**
     * A pipeline of these interceptors, in this order.
     *
     * @param settings looks up a configuration key
     */
    public Pipeline(List<StreamInterceptor> interceptors, Function<String, Optional<String>> settings) {
        this.interceptors = List.copyOf(interceptors);
        this.settings = settings;
    }

    private static List<StreamInterceptor> ordered(Instance<StreamInterceptor> beans) {
        return beans.handlesStream()
                .sorted(Comparator.comparingInt((Instance.Handle<StreamInterceptor> it) ->
                                priority(it.getBean().getBeanClass()))
                        .thenComparing(it -> it.get().name()))
                .map(Instance.Handle::get)
                .toList();
    }

    private static int priority(Class<?> bean) {
        Priority priority = bean.getAnnotation(Priority.class);
        return priority == null ? DEFAULT_PRIORITY : priority.value();
    }

    /** What runs on a branch that is opened now, in order. */
    public List<Declared> declared() {
        return interceptors.stream()
                .map(it -> new Declared(it.name(), mode(it).word()))
                .filter(it -> !it.mode().equals(Mode.OFF.word()))
                .toList();
    }

    /**
     * Builds the chain for one branch.
     *
     * @param sink what comes after the last stage
     * @throws InterceptorFailure when an interceptor cannot run
     */
    public Chain open(Branch branch, Stage sink) {
        Deque<Stage> stages = new ArrayDeque<>();
        stages.push(sink);
        for (StreamInterceptor interceptor : interceptors.reversed()) {
            Mode mode = mode(interceptor);
            if (mode != Mode.OFF) {
                var context = new Context(interceptor.name(), mode, branch, settings);
                stages.push(open(interceptor, context, stages.getFirst()));
            }
        }
        return new Chain(List.copyOf(stages));
    }

    private static Stage open(StreamInterceptor interceptor, BranchContext context, Stage next) {
        try {
            return interceptor.open(context, next);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new InterceptorFailure(interceptor.name(), e);
        }
    }

    /** The mode of an interceptor; a word that is no mode counts as {@code enforce}, for nothing is silently off. */
    private Mode mode(StreamInterceptor interceptor) {
        String key = "weir.interceptors." + interceptor.name() + ".mode";
        String word = settings.apply(key).orElse(Mode.ENFORCE.word());
        try {
            return Mode.of(word);
        } catch (IllegalArgumentException e) {
            LOG.warn("{} is not a mode: {}. Use enforce, report or off; enforce is used now.", key, word);
            return Mode.ENFORCE;
        }
    }
}
