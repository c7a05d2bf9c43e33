package dev.weir.pipeline;

import dev.weir.event.Event.Declared;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All interceptors, and the plans by which they run. Thread-safe. */
@ApplicationScoped
public class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int DEFAULT_PRIORITY = 2500;

    private final List<StreamInterceptor> interceptors;
    private final Function<String, Optional<String>> settings;
    private final Policies policies;

    /** For the container's proxy only. */
    protected Pipeline() {
        this(List.of(), key -> Optional.empty());
    }

    @Inject
    Pipeline(@Any Instance<StreamInterceptor> beans, Config config, Policies policies) {
        this(ordered(beans), key -> config.getOptionalValue(key, String.class), policies);
        LOG.info("Interceptors, from model to log, where no policy says otherwise: {}", declared());
    }

    /** A pipeline that knows no policies but the configuration. */
    public Pipeline(List<StreamInterceptor> interceptors, Function<String, Optional<String>> settings) {
        this(interceptors, settings, Policies.NONE);
    }

    /**
     * A pipeline of these interceptors, in this order within each place.
     *
     * @param settings looks up a configuration key
     */
    public Pipeline(
            List<StreamInterceptor> interceptors, Function<String, Optional<String>> settings, Policies policies) {
        this.interceptors = Order.permitted(interceptors);
        this.settings = settings;
        this.policies = policies;
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

    /** All there are, from the model to the log, as they stand where no policy says otherwise. */
    public List<StreamInterceptor> interceptors() {
        return interceptors;
    }

    /** What runs where no policy says anything, in order. */
    public List<Declared> declared() {
        return plan(Layers.NONE).declared();
    }

    /**
     * The plan for a turn that begins now. Where nobody can say which policies it is under, it is one that cannot be
     * opened.
     */
    public Plan plan(String organisation, String room) {
        try {
            return plan(policies.of(organisation, room));
        } catch (PolicyUnknown e) {
            return Plan.unknown(e);
        }
    }

    /** The plan under these policies. */
    public Plan plan(Layers layers) {
        return new Plan(order(layers).stream()
                .map(it -> new InForce(it, layers, settings))
                .toList());
    }

    private List<StreamInterceptor> order(Layers layers) {
        return orderIn(layers)
                .flatMap(it -> it.policy().order())
                .map(it -> Order.wanted(interceptors, it))
                .orElse(interceptors);
    }

    /** The policy whose order counts; empty when none says any. */
    private static Optional<Layers.Layer> orderIn(Layers layers) {
        Optional<Layers.Layer> found = Optional.empty();
        for (Layers.Layer layer : layers.layers()) {
            if (layer.policy().order().isPresent()) {
                found = Optional.of(layer);
            }
            if (layer.policy().orderLocked()) {
                return found;
            }
        }
        return found;
    }

    /** Where the order comes from. */
    public Origin orderFrom(Layers layers) {
        return orderIn(layers).map(Layers.Layer::origin).orElse(Origin.DEFAULT);
    }

    /** Who has locked the order. */
    public Optional<Origin> orderLockedBy(Layers layers) {
        return layers.layers().stream()
                .filter(it -> it.policy().orderLocked())
                .map(Layers.Layer::origin)
                .findFirst();
    }

    /**
     * Builds the chain for one branch, under the policies of now.
     *
     * @param sink what comes after the last stage
     * @throws InterceptorFailure when an interceptor cannot run
     * @throws PolicyUnknown when nobody can say which interceptors have to run
     */
    public Chain open(Branch branch, Stage sink) {
        return plan(branch.organisation(), branch.room()).open(branch, sink);
    }

    /**
     * Checks what is to become the policy of a scope.
     *
     * @param layers the policies that it is under, and the one that it takes the place of
     * @throws PolicyProblem when it can't be in force as it stands
     */
    public void check(Scope.Kind scope, Layers layers, Policy wanted) {
        new PolicyCheck(this, scope, layers).check(wanted);
    }
}
