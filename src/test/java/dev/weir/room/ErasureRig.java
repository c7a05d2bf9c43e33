package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.TestTrail;
import dev.weir.identity.Accounts;
import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.Passwords;
import dev.weir.identity.SignInNews;
import dev.weir.identity.SignInService;
import dev.weir.identity.SignIns;
import dev.weir.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Everything that forgetting Bob takes, in memory. */
final class ErasureRig implements AutoCloseable {

    final RoomRig room = new RoomRig();
    final FakeStore store = new FakeStore();
    final FakeOthers others = new FakeOthers();
    private final TestTrail trail = new TestTrail();
    final Erasures erasures;

    ErasureRig() {
        Passwords passwords = new Passwords();
        SignInService signIns = new SignInService(
                new NoSignIns(),
                room.store,
                passwords,
                InstantSource.system(),
                Duration.ofDays(1),
                Audit.NONE,
                SignInNews.ALONE);
        Accounts accounts = new Accounts(room.store, new NoOrganisations(), passwords, signIns, room.rooms, Audit.NONE);
        erasures = new Erasures(
                accounts, store, room.store, room.rooms, room.log, room.turns, new OwnLocks(), others, trail.trail());
    }

    /** Eve, who administers, has Bob forgotten. */
    Erasure erase() {
        return erasures.erase(room.eve, room.bob.id());
    }

    /** The present epoch of the room's hot tail. */
    long hot() {
        return room.hot.open(room.room).epoch();
    }

    @Override
    public void close() {
        room.close();
        trail.close();
    }

    /** Notes what it is asked for. */
    final class FakeStore implements ErasureStore {
        final Map<String, Instant> finished = new HashMap<>();
        final Set<String> erasedIn = new HashSet<>();
        final Set<String> saidParts = new HashSet<>();

        @Override
        public Optional<Erasure> find(String user) {
            return Optional.of(
                    new Erasure(user, Instant.EPOCH, Optional.ofNullable(finished.get(user)), erasedIn.size()));
        }

        @Override
        public List<String> unfinished(Instant begunBefore) {
            return finished.containsKey(room.bob.id()) ? List.of() : List.of(room.bob.id());
        }

        @Override
        public List<String> rooms(String user) {
            Set<String> all = new HashSet<>(erasedIn);
            room.store.ofAll("", 0, 100).stream()
                    .map(it -> it.room().id())
                    .filter(it -> room.store.isMember(it, user))
                    .forEach(all::add);
            return new ArrayList<>(all);
        }

        @Override
        public boolean hasSaid(String user, String room, String part) {
            return saidParts.contains(part);
        }

        @Override
        public int eraseMessages(String user, String room, int limit) {
            erasedIn.add(room);
            return 0;
        }

        @Override
        public void eraseTraces(String user, String room) {}

        @Override
        public void eraseRecords(String user) {}

        @Override
        public void finish(String user, Instant at) {
            finished.put(user, at);
        }

        @Override
        public Extent extent(String user) {
            return new Extent(1, 0, 0);
        }
    }

    /** Another node that may not answer. */
    static final class FakeOthers implements OtherMemories {
        final Set<String> told = new HashSet<>();
        boolean away;

        @Override
        public CompletionStage<Void> forget(Set<String> rooms) {
            told.addAll(rooms);
            return away
                    ? CompletableFuture.failedStage(new IllegalStateException("The node does not answer."))
                    : CompletableFuture.completedStage(null);
        }

        @Override
        public void listen(Consumer<Set<String>> obey) {}
    }

    private static final class NoSignIns implements SignIns {
        @Override
        public void save(String tokenHash, String userId, Instant expires) {}

        @Override
        public Optional<User> find(String tokenHash, Instant now) {
            return Optional.empty();
        }

        @Override
        public void delete(String tokenHash) {}

        @Override
        public void deleteAll(String userId) {}

        @Override
        public void deleteOthers(String userId, String tokenHash) {}

        @Override
        public void deleteExpired(Instant now) {}
    }

    private static final class NoOrganisations implements Organisations {
        @Override
        public Optional<Organisation> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Organisation> list(String after, int limit) {
            return List.of();
        }

        @Override
        public void create(Organisation organisation) {}

        @Override
        public boolean rename(String id, String name) {
            return false;
        }

        @Override
        public boolean delete(String id) {
            return false;
        }
    }
}
