package dev.weir.turn;

import dev.weir.model.ConfiguredCatalogue;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.Moderation;
import dev.weir.model.NodeRoles;
import dev.weir.model.ServedElsewhere;
import dev.weir.model.StreamingModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models that can be asked at this node. On a node that runs turns they are its own. On one that only carries clients
 * they are those of the nodes that run turns, in the order of the first of these; it knows them as long as it runs, so that
 * it can say that nobody serves one any more. Thread-safe.
 */
@ApplicationScoped
public class ServedCatalogue implements ModelCatalogue {

    private final ConfiguredCatalogue own;
    private final NodeRoles roles;
    private final NodeStates states;
    private final Map<String, ModelSpec> heard = new ConcurrentHashMap<>();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ServedCatalogue() {
        this(null, null, null);
    }

    @Inject
    public ServedCatalogue(ConfiguredCatalogue own, NodeRoles roles, NodeStates states) {
        this.own = own;
        this.roles = roles;
        this.states = states;
    }

    @Override
    public List<ModelSpec> specs() {
        return roles.inference() ? own.specs() : List.copyOf(elsewhere().values());
    }

    private Map<String, ModelSpec> elsewhere() {
        Map<String, ModelSpec> served = new LinkedHashMap<>();
        for (NodeState state : states.all()) {
            state.models().forEach(it -> served.putIfAbsent(it.name(), it));
        }
        heard.putAll(served);
        return served;
    }

    @Override
    public Optional<StreamingModel> model(String name) {
        if (roles.inference()) {
            return own.model(name);
        }
        ModelSpec served = elsewhere().get(name);
        return Optional.ofNullable(served == null ? heard.get(name) : served).map(ServedElsewhere::new);
    }

    @Override
    public Optional<Moderation> moderation(String name, String moderationModel) {
        return own.moderation(name, moderationModel);
    }
}
