package dev.weir.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API keys in memory. */
final class MemoryApiKeys implements ApiKeys {

    /** By hash. */
    final Map<String, ApiKey> keys = new LinkedHashMap<>();

    private final Users users;
    int uses;

    MemoryApiKeys(Users users) {
        this.users = users;
    }

    @Override
    public void save(ApiKey key, String hash) {
        keys.put(hash, key);
    }

    @Override
    public Optional<Owned> find(String hash) {
        return Optional.ofNullable(keys.get(hash))
                .flatMap(key -> users.byId(key.owner()).map(owner -> new Owned(key, owner)));
    }

    @Override
    public Optional<ApiKey> byId(String id) {
        return keys.values().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    @Override
    public List<ApiKey> all() {
        return List.copyOf(keys.values()).reversed();
    }

    @Override
    public List<ApiKey> of(String owner) {
        return all().stream().filter(it -> it.owner().equals(owner)).toList();
    }

    @Override
    public void delete(String id) {
        keys.values().removeIf(it -> it.id().equals(id));
    }

    @Override
    public void used(String id, Instant at) {
        uses++;
        keys.replaceAll((hash, key) -> key.id().equals(id)
                ? new ApiKey(
                        key.id(),
                        key.name(),
                        key.owner(),
                        key.start(),
                        key.createdAt(),
                        key.expiresAt(),
                        key.models(),
                        Optional.of(at))
                : key);
    }
}
