package dev.weir.boot;

import dev.weir.audit.Audit;
import dev.weir.identity.ApiKeyService;
import dev.weir.identity.ApiKeys;
import dev.weir.identity.Callers;
import dev.weir.identity.FirstAdministrator;
import dev.weir.identity.Passwords;
import dev.weir.identity.SignInNews;
import dev.weir.identity.SignInService;
import dev.weir.identity.SignIns;
import dev.weir.identity.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the parts of {@code identity} from the configuration. */
@ApplicationScoped
public class Identities {

    @Produces
    @ApplicationScoped
    SignInService signIns(
            SignIns signIns,
            Users users,
            Passwords passwords,
            @ConfigProperty(name = "weir.session.lifetime", defaultValue = "P14D") Duration lifetime,
            Audit audit,
            SignInNews news) {
        return new SignInService(signIns, users, passwords, InstantSource.system(), lifetime, audit, news);
    }

    @Produces
    @ApplicationScoped
    ApiKeyService apiKeys(ApiKeys keys, Users users, Audit audit) {
        return new ApiKeyService(keys, users, InstantSource.system(), audit);
    }

    @Produces
    @ApplicationScoped
    Callers callers(SignInService signIns, ApiKeyService keys) {
        return new Callers(signIns, keys);
    }

    @Produces
    FirstAdministrator firstAdministrator(Users users, Passwords passwords, ApiKeyService keys) {
        return new FirstAdministrator(users, passwords, keys);
    }
}
