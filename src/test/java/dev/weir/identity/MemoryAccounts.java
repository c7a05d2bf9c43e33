package dev.weir.identity;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Users and sign-ins in memory, counting the questions. */
final class MemoryAccounts implements Users, SignIns {

    record Kept(String userId, Instant expires) {}

    final Map<String, User> users = new HashMap<>();
    final Map<String, String> hashes = new HashMap<>();
    final Map<String, String> organisations = new HashMap<>();
    final Map<String, Kept> signIns = new HashMap<>();
    int finds;
    Runnable duringFind = () -> {};

    @Override
    public Optional<User> byId(String id) {
        return users.values().stream().filter(user -> user.id().equals(id)).findFirst();
    }

    @Override
    public Optional<User> byLogin(String login) {
        return Optional.ofNullable(users.get(login));
    }

    @Override
    public Optional<String> passwordHash(String login) {
        return byLogin(login).filter(it -> !it.disabled()).map(it -> hashes.get(login));
    }

    @Override
    public void saveOrganisation(String id, String name) {
        organisations.putIfAbsent(id, name);
    }

    @Override
    public boolean create(User user, String passwordHash) {
        if (users.putIfAbsent(user.login(), user) != null) {
            return false;
        }
        hashes.put(user.login(), passwordHash);
        return true;
    }

    @Override
    public void changePassword(String userId, String passwordHash) {
        byId(userId).ifPresent(user -> hashes.put(user.login(), passwordHash));
    }

    @Override
    public List<User> list(String after, int limit) {
        return users.values().stream()
                .filter(it -> it.login().compareTo(after) > 0)
                .sorted(Comparator.comparing(User::login))
                .limit(limit)
                .toList();
    }

    @Override
    public Outcome update(User user, Optional<String> passwordHash) {
        if (!user.is(Role.ADMIN) && isLastAdministrator(user.id())) {
            return Outcome.LAST_ADMINISTRATOR;
        }
        users.put(user.login(), user);
        passwordHash.ifPresent(it -> hashes.put(user.login(), it));
        return Outcome.DONE;
    }

    @Override
    public Outcome remove(String userId) {
        if (isLastAdministrator(userId)) {
            return Outcome.LAST_ADMINISTRATOR;
        }
        return users.values().removeIf(it -> it.id().equals(userId)) ? Outcome.DONE : Outcome.NO_SUCH_USER;
    }

    @Override
    public Outcome forget(String userId, String by, Instant at) {
        return remove(userId);
    }

    private boolean isLastAdministrator(String userId) {
        return users.values().stream()
                .filter(it -> it.is(Role.ADMIN))
                .map(User::id)
                .toList()
                .equals(List.of(userId));
    }

    @Override
    public boolean isEmpty() {
        return users.isEmpty();
    }

    @Override
    public void save(String tokenHash, String userId, Instant expires) {
        signIns.put(tokenHash, new Kept(userId, expires));
    }

    @Override
    public Optional<User> find(String tokenHash, Instant now) {
        finds++;
        Optional<User> found = Optional.ofNullable(signIns.get(tokenHash))
                .filter(kept -> kept.expires().isAfter(now))
                .flatMap(kept -> byId(kept.userId()))
                .filter(user -> !user.disabled());
        duringFind.run();
        return found;
    }

    @Override
    public void delete(String tokenHash) {
        signIns.remove(tokenHash);
    }

    @Override
    public void deleteAll(String userId) {
        signIns.values().removeIf(kept -> kept.userId().equals(userId));
    }

    @Override
    public void deleteOthers(String userId, String tokenHash) {
        signIns.entrySet()
                .removeIf(it ->
                        it.getValue().userId().equals(userId) && !it.getKey().equals(tokenHash));
    }

    @Override
    public void deleteExpired(Instant now) {
        signIns.values().removeIf(kept -> !kept.expires().isAfter(now));
    }
}
