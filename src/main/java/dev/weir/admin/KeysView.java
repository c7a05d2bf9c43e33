package dev.weir.admin;

import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeyService;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys for programs: listed, made, revoked. A new key is in the answer to the click that made it, and nowhere else. */
@Named
@RequestScoped
public class KeysView {

    @Inject
    ApiKeyService keys;

    @Inject
    Users users;

    @Inject
    ModelCatalogue catalogue;

    @Inject
    ConsoleCaller me;

    private @Nullable String name;
    private @Nullable String owner;
    private @Nullable String expiry;
    private List<String> models = List.of();
    private @Nullable String chosen;
    private @Nullable String secret;

    /** A key as the page shows it. */
    public record Row(ApiKey key, String ownerName, String ownerLogin, boolean expired) {

        public String expires() {
            return key.expiresAt().map(Instant::toString).orElse("");
        }

        public String lastUsed() {
            return key.lastUsedAt().map(Instant::toString).orElse("");
        }

        public String models() {
            return key.models().isEmpty()
                    ? "all"
                    : String.join(", ", key.models().stream().sorted().toList());
        }
    }

    public List<Row> getKeys() {
        Instant now = Instant.now();
        return keys.list(me.user()).stream().map(it -> row(it, now)).toList();
    }

    private Row row(ApiKey key, Instant now) {
        Optional<User> user = users.byId(key.owner());
        return new Row(
                key,
                user.map(User::name).orElse("nobody"),
                user.map(User::login).orElse(""),
                key.expiresAt().filter(it -> !it.isAfter(now)).isPresent());
    }

    public List<ModelSpec> getCatalogue() {
        return catalogue.specs();
    }

    public void create() {
        User admin = me.admin();
        Optional<User> wanted = users.byLogin(Typed.text(owner).toLowerCase(Locale.ROOT));
        if (wanted.isEmpty()) {
            Said.wrong("key:owner", "Nobody signs in as " + Typed.text(owner) + ".");
            return;
        }
        try {
            Optional<Instant> end =
                    Typed.text(expiry).isEmpty() ? Optional.empty() : Optional.of(endOf(Typed.text(expiry)));
            var key = new ApiKeyService.Wanted(Typed.text(name), wanted.get().id(), end, Set.copyOf(models));
            Said.doing("key", () -> secret = keys.create(admin, key).secret());
        } catch (DateTimeParseException e) {
            Said.wrong("key:expiresAt", "This is no date. Write one such as 2030-01-31.");
        }
    }

    private static Instant endOf(String day) {
        return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public void revoke() {
        User admin = me.admin();
        if (Said.doing("", () -> keys.revoke(admin, Typed.text(chosen)))) {
            Said.done("The key is revoked. Programs that use it are refused from now on.");
        }
    }

    /** The key that was just made; empty otherwise. */
    public @Nullable String getSecret() {
        return secret;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    /** The login in whose name it shall call. */
    public @Nullable String getOwner() {
        return owner == null ? me.user().login() : owner;
    }

    public void setOwner(@Nullable String owner) {
        this.owner = owner;
    }

    /** The last day, such as {@code 2030-01-31}; empty for no end. */
    public @Nullable String getExpiry() {
        return expiry;
    }

    public void setExpiry(@Nullable String expiry) {
        this.expiry = expiry;
    }

    public List<String> getModels() {
        return models;
    }

    public void setModels(List<String> models) {
        this.models = models;
    }

    /** The id of the key to be revoked. */
    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }
}
