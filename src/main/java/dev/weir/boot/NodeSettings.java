package dev.weir.boot;

import dev.weir.model.NodeRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Makes what {@code weir.node} says out of the configuration. */
@ApplicationScoped
public class NodeSettings {

    @Produces
    @Singleton
    NodeRoles roles(Config config) {
        return NodeRoles.of(config);
    }
}
