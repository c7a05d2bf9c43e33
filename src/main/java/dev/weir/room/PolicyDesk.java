package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.pipeline.InForce;
import dev.weir.pipeline.Layers;
import dev.weir.pipeline.Origin;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyJson;
import dev.weir.pipeline.PolicyProblem;
import dev.weir.pipeline.Scope;
import dev.weir.pipeline.StoredPolicies;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.room.Refusal.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Where the policies of interceptors are read, by administrators and auditors, and changed, by administrators. Methods
 * block on the database. Thread-safe.
 */
@ApplicationScoped
public class PolicyDesk {

    /** The most scopes that are listed. */
    public static final int LISTED = 200;

    private final StoredPolicies policies;
    private final Pipeline pipeline;
    private final Organisations organisations;
    private final RoomStore rooms;
    private final Users users;
    private final Audit audit;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected PolicyDesk() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public PolicyDesk(
            StoredPolicies policies,
            Pipeline pipeline,
            Organisations organisations,
            RoomStore rooms,
            Users users,
            Audit audit) {
        this.policies = policies;
        this.pipeline = pipeline;
        this.organisations = organisations;
        this.rooms = rooms;
        this.users = users;
        this.audit = audit;
    }

    /**
     * How things stand for a scope.
     *
     * @param organisation the id of the organisation that a room belongs to, by its members, or that the scope is; empty
     *     for none
     * @param own what the scope itself says
     * @param plan what is in force
     * @param inherited what would be in force if it said nothing
     */
    public record Standing(Scope scope, String organisation, Policy own, View plan, View inherited) {

        /** Is another one for another policy; changes name it, so that none is lost. */
        public String version() {
            return PolicyJson.version(own);
        }
    }

    /** A plan, where its order comes from, and who has locked that. */
    public record View(Plan plan, Origin orderFrom, Optional<Origin> orderLockedBy) {

        /** Every interceptor, in order. */
        public List<InForce> all() {
            return plan.all();
        }
    }

    /** Every interceptor that there is, as it stands where no policy says otherwise. */
    public List<StreamInterceptor> interceptors(User caller) {
        mayRead(caller);
        return pipeline.interceptors();
    }

    /**
     * How things stand for a scope now.
     *
     * @throws Refusal when there is no such organisation or room, or the caller may not know
     */
    public Standing standing(User caller, Scope scope) {
        mayRead(caller);
        String organisation = organisationOf(scope);
        Layers layers = layers(scope, organisation);
        return new Standing(
                scope,
                organisation,
                layers.of(scope.kind()),
                view(layers),
                view(layers.with(scope.kind(), Policy.NONE)));
    }

    private View view(Layers layers) {
        return new View(pipeline.plan(layers), pipeline.orderFrom(layers), pipeline.orderLockedBy(layers));
    }

    private Layers layers(Scope scope, String organisation) {
        Layers layers = new Layers(policies.kept(Scope.INSTALLATION), Policy.NONE, Policy.NONE);
        if (!organisation.isEmpty()) {
            layers = layers.with(Scope.Kind.ORGANISATION, policies.kept(Scope.organisation(organisation)));
        }
        return scope.kind() == Scope.Kind.ROOM ? layers.with(Scope.Kind.ROOM, policies.kept(scope)) : layers;
    }

    private String organisationOf(Scope scope) {
        return switch (scope.kind()) {
            case INSTALLATION -> "";
            case ORGANISATION ->
                organisations.find(scope.id()).map(Organisation::id).orElseThrow(() -> none(scope));
            case ROOM -> {
                if (rooms.find(scope.id()).isEmpty()) {
                    throw none(scope);
                }
                yield rooms.members(scope.id()).stream()
                        .flatMap(it -> users.byId(it).stream())
                        .findFirst()
                        .map(User::organisation)
                        .orElse("");
            }
        };
    }

    private static Refusal none(Scope scope) {
        return scope.kind() == Scope.Kind.ROOM
                ? new Refusal(Code.NO_SUCH_ROOM, "There is no such room.")
                : new Refusal(Code.NO_SUCH_ORGANISATION, "There is no such organisation.");
    }

    /** Refuses who may only read, or nothing, before what they ask is even looked at. */
    public void checkMayChange(User caller, Scope scope) {
        if (!caller.is(Role.ADMIN)) {
            record(Kind.REFUSED, caller, scope, "policy.set", "");
        }
        check(caller, Role.ADMIN);
    }

    private void record(Kind kind, User caller, Scope scope, String action, String details) {
        Where place = scope.kind() == Scope.Kind.ROOM ? Where.room(scope.id()) : Where.NONE;
        audit.record(kind, caller.who(), place, action, scope.word(), details);
    }

    /**
     * Gives a scope another policy in place of the one it has; it counts for every turn that begins from now on.
     *
     * @param version that of the {@link Standing} from which the change was made; empty: whatever there is is replaced
     * @throws PolicyProblem when it can't be in force as it stands
     * @throws Refusal when there is no such organisation or room, when the policy has another version by now, or the caller
     *     may not do this
     */
    public void save(User caller, Scope scope, Policy policy, Optional<String> version) {
        checkMayChange(caller, scope);
        Layers layers = layers(scope, organisationOf(scope));
        Optional<Policy> before = version.map(it -> ofVersion(it, layers.of(scope.kind())));
        pipeline.check(scope.kind(), layers, policy);
        put(scope, policy, before);
        record(
                Kind.ADMIN,
                caller,
                scope,
                "policy.set",
                PolicyJson.object(policy).toString());
    }

    private static Policy ofVersion(String version, Policy now) {
        if (!PolicyJson.version(now).equals(version)) {
            throw changed();
        }
        return now;
    }

    private static Refusal changed() {
        return new Refusal(
                Code.CHANGED,
                "Somebody else has changed this policy in the meantime, so nothing was saved. Look at how it stands now, and"
                        + " make your change there.");
    }

    private void put(Scope scope, Policy policy, Optional<Policy> before) {
        switch (policies.put(scope, policy, before)) {
            case DONE -> {}
            case CHANGED -> throw changed();
            case NO_SUCH_SCOPE -> throw none(scope);
        }
    }

    /**
     * Takes a scope's policy away, if it has one: everything is inherited from now on.
     *
     * @param version as with {@link #save}
     * @throws Refusal as {@link #save}
     */
    public void reset(User caller, Scope scope, Optional<String> version) {
        checkMayChange(caller, scope);
        Policy now = layers(scope, organisationOf(scope)).of(scope.kind());
        put(scope, Policy.NONE, version.map(it -> ofVersion(it, now)));
        record(Kind.ADMIN, caller, scope, "policy.reset", "");
    }

    /** The scopes that say something, at most {@value #LISTED}. */
    public List<Scope> scopes(User caller) {
        mayRead(caller);
        return policies.scopes(LISTED);
    }

    private static void mayRead(User caller) {
        check(caller, Role.ADMIN, Role.AUDITOR);
    }

    private static void check(User caller, Role... roles) {
        if (List.of(roles).stream().noneMatch(caller::is)) {
            throw new Refusal(Code.FORBIDDEN, "Your account does not allow this. Ask an administrator.");
        }
    }
}
