package dev.weir.model;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that the configuration names ({@code weir.models}), or the demo models when it names none. A node that runs no
 * turns has none, and does not look at their keys.
 */
@ApplicationScoped
@Typed(ConfiguredCatalogue.class)
public class ConfiguredCatalogue implements ModelCatalogue {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredCatalogue.class);

    private final Map<String, StreamingModel> models = new LinkedHashMap<>();

    /** For the container's proxy only. */
    protected ConfiguredCatalogue() {}

    /**
     * Reads the configuration.
     *
     * @throws InvalidModelConfiguration when there is a mistake in it
     * @throws InvalidNodeRoles when nobody can say whether the node runs turns
     */
    @Inject
    public ConfiguredCatalogue(Config config) {
        if (NodeRoles.of(config).inference()) {
            read(new ModelKeys(name -> config.getOptionalValue(name, String.class), config.getPropertyNames()));
        }
    }

    private void read(ModelKeys keys) {
        new ModelConfiguration(keys)
                .models()
                .forEach(model -> models.put(model.spec().name(), model));
    }

    /** A catalogue from plain keys and values, without a container. */
    public static ConfiguredCatalogue of(Map<String, String> values) {
        ConfiguredCatalogue catalogue = new ConfiguredCatalogue();
        catalogue.read(new ModelKeys(name -> Optional.ofNullable(values.get(name)), values.keySet()));
        return catalogue;
    }

    /** Mistakes show when the application starts, not when somebody asks first. */
    void begin(@Observes Startup startup) {
        LOG.info("Models: {}", String.join(", ", models.keySet()));
    }

    @Override
    public List<ModelSpec> specs() {
        return models.values().stream().map(StreamingModel::spec).toList();
    }

    @Override
    public Optional<StreamingModel> model(String name) {
        return Optional.ofNullable(models.get(name));
    }

    @Override
    public Optional<Moderation> moderation(String name, String moderationModel) {
        return model(name)
                .flatMap(it -> it instanceof dev.weir.model.openai.OpenAiModel remote
                        ? Optional.of(remote.moderation(moderationModel))
                        : Optional.empty());
    }

    /** Ends the answers under way. */
    @PreDestroy
    public void close() {
        for (StreamingModel model : models.values()) {
            if (model instanceof dev.weir.model.openai.OpenAiModel remote) {
                remote.close();
            }
        }
    }
}
