package dev.weir.identity;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.audit.Who;
import dev.weir.identity.SignInNews.News;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in and out, and tells whose a request is. Of wrong attempts, 5 are allowed for a login and 50 for an
 * address in any 5 minutes; the counts are those of this node. Thread-safe.
 */
public class SignInService {

    private static final Logger LOG = LoggerFactory.getLogger(SignInService.class);

    /** The name of the cookie that holds a browser's token. */
    public static final String COOKIE = "weir-session";

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_PER_LOGIN = 5;
    private static final int MOST_PER_ADDRESS = 50;
    private static final int LONGEST_LOGIN = 320;
    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH = 43;
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Instant> cleaned = new AtomicReference<>(Instant.MIN);
    private final SignIns signIns;
    private final Users users;
    private final Passwords passwords;
    private final InstantSource clock;
    private final Duration lifetime;
    private final AttemptLimit perLogin;
    private final AttemptLimit perAddress;
    private final RecentSignIns recent;
    private final Audit audit;
    private final SignInNews news;

    /**
     * @param lifetime how long a sign-in is good ({@code weir.session.lifetime}), more than zero
     * @throws IllegalArgumentException when the lifetime is not more than zero
     */
    public SignInService(
            SignIns signIns,
            Users users,
            Passwords passwords,
            InstantSource clock,
            Duration lifetime,
            Audit audit,
            SignInNews news) {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException(
                    "weir.session.lifetime is " + lifetime + ". Use more than zero, such as P14D for 14 days.");
        }
        this.signIns = signIns;
        this.users = users;
        this.passwords = passwords;
        this.clock = clock;
        this.lifetime = lifetime;
        this.perLogin = new AttemptLimit(MOST_PER_LOGIN, WINDOW, clock);
        this.perAddress = new AttemptLimit(MOST_PER_ADDRESS, WINDOW, clock);
        this.recent = new RecentSignIns(clock);
        this.audit = audit;
        this.news = news;
        news.listen(this::heard);
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected SignInService() {
        this(null, null, null, InstantSource.system(), Duration.ofDays(1), Audit.NONE, SignInNews.ALONE);
    }

    /**
     * Tries to sign in. Blocks while the password is hashed.
     *
     * @param login in any case, spaces around it don't count
     * @param remoteAddress where the attempt comes from: IPv4 or IPv6 (of which the first 64 bits count)
     */
    public SignInResult signIn(String login, String password, String remoteAddress) {
        String name = login.strip().toLowerCase(Locale.ROOT);
        String address = Addresses.network(remoteAddress);
        if (name.isEmpty() || name.length() > LONGEST_LOGIN || password.length() > Weakness.LONGEST) {
            return perAddress.begin(address).map(SignInService::limited).orElseGet(SignInResult.Wrong::new);
        }
        Optional<Duration> addressWait = perAddress.begin(address);
        if (addressWait.isPresent()) {
            return limited(addressWait.get());
        }
        Optional<Duration> loginWait = perLogin.begin(name);
        if (loginWait.isPresent()) {
            perAddress.forgive(address);
            return limited(loginWait.get());
        }
        return check(name, password, address);
    }

    /** The user whose token this is; empty when it is wrong or has expired, up to 5 seconds late. */
    public Optional<User> find(String token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        String hash = Hashes.sha256(token);
        return recent.find(hash, () -> signIns.find(hash, clock.instant()));
    }

    /** Ends a sign-in: here at once, on other nodes as soon as they hear of it. */
    public void signOut(String token) {
        String hash = Hashes.sha256(token);
        signIns.delete(hash);
        recent.forget(hash);
        tell(new News.Ended(hash));
    }

    /** Ends every sign-in of a user: here at once, on other nodes as soon as they hear of it. */
    public void signOutEverywhere(String userId) {
        signIns.deleteAll(userId);
        recent.forgetAll(userId);
        tell(new News.Changed(userId));
    }

    /** Ends every sign-in of a user but the one with this token: here at once, on other nodes as soon as they hear of it. */
    public void signOutElsewhere(String userId, String token) {
        signIns.deleteOthers(userId, Hashes.sha256(token));
        recent.forgetAll(userId);
        tell(new News.Changed(userId));
    }

    /** Has a user's roles and name read anew: here at once, on other nodes as soon as they hear of it. */
    public void refresh(String userId) {
        recent.forgetAll(userId);
        tell(new News.Changed(userId));
    }

    private void heard(News heard) {
        switch (heard) {
            case News.Ended ended -> recent.forget(ended.tokenHash());
            case News.Changed changed -> recent.forgetAll(changed.user());
            case News.Missed missed -> recent.forgetAll();
        }
    }

    private void tell(News what) {
        try {
            news.tell(what);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Other nodes could not be told that a sign-in has ended; they notice within {} s",
                    RecentSignIns.LIFE.toSeconds(),
                    e);
        }
    }

    /**
     * Checks the password of somebody who is signed in, under the same limit for the login as signing in.
     *
     * @return empty when it is right
     */
    public Optional<SignInResult> refuse(User user, String password) {
        Optional<Duration> wait = perLogin.begin(user.login());
        if (wait.isPresent()) {
            return Optional.of(limited(wait.get()));
        }
        boolean right = password.length() <= Weakness.LONGEST
                && users.passwordHash(user.login())
                        .filter(hash -> passwords.matches(password, hash))
                        .isPresent();
        if (!right) {
            return Optional.of(new SignInResult.Wrong());
        }
        perLogin.clear(user.login());
        return Optional.empty();
    }

    private SignInResult check(String login, String password, String address) {
        Optional<String> hash = users.passwordHash(login);
        boolean right = hash.map(known -> passwords.matches(password, known))
                .orElseGet(() -> passwords.matchesNobody(password));
        Optional<User> user = right ? users.byLogin(login) : Optional.empty();
        if (user.isEmpty()) {
            // A login that is nobody's is not recorded: people type passwords there.
            User known = users.byLogin(login).orElse(null);
            signedIn(known == null ? Who.NOBODY : known.who(), "sign-in.refused", address);
            return new SignInResult.Wrong();
        }
        signedIn(user.get().who(), "sign-in", address);
        perLogin.clear(login);
        perAddress.forgive(address);
        return accept(user.get());
    }

    private void signedIn(Who who, String action, String address) {
        audit.record(Kind.SIGN_IN, who, Where.NONE, action, who.user(), "from " + address);
    }

    private SignInResult accept(User user) {
        Instant now = clock.instant();
        clean(now);
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant expires = now.plus(lifetime);
        signIns.save(Hashes.sha256(token), user.id(), expires);
        return new SignInResult.Accepted(token, expires, user);
    }

    /** Deletes expired sign-ins, at most once in {@link #BETWEEN_CLEANINGS}. */
    private void clean(Instant now) {
        Instant last = cleaned.get();
        if (last.isBefore(now.minus(BETWEEN_CLEANINGS)) && cleaned.compareAndSet(last, now)) {
            signIns.deleteExpired(now);
        }
    }

    private static SignInResult limited(Duration wait) {
        return new SignInResult.Limited(Duration.ofSeconds(wait.plusMillis(999).toSeconds()));
    }
}
