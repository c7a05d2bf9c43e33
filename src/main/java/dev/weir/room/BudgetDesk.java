package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.BudgetProblem;
import dev.weir.budget.Budgets;
import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.budget.Reach;
import dev.weir.budget.Standing;
import dev.weir.budget.Totals;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory;
import dev.weir.identity.Organisations;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.model.ModelCatalogue;
import dev.weir.room.Refusal.Code;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where budgets are read, made and changed, and usage is read: by administrators, for everything; by auditors, who only
 * read; by managers, for what concerns their organisation only. Everybody may read what they have used themselves. Every
 * change is in the audit. Methods block. Thread-safe.
 */
@ApplicationScoped
public class BudgetDesk {

    private static final String NOT_THEIRS = "Your account does not allow this. Ask an administrator.";

    private final Budgets budgets;
    private final UsageHistory history;
    private final Organisations organisations;
    private final Users users;
    private final RoomStore rooms;
    private final ModelCatalogue models;
    private final Audit audit;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected BudgetDesk() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public BudgetDesk(
            Budgets budgets,
            UsageHistory history,
            Organisations organisations,
            Users users,
            RoomStore rooms,
            ModelCatalogue models,
            Audit audit) {
        this.budgets = budgets;
        this.history = history;
        this.organisations = organisations;
        this.users = users;
        this.rooms = rooms;
        this.models = models;
        this.audit = audit;
    }

    /**
     * The budgets that the caller may see and how they stand, those made last at the end.
     *
     * @throws Refusal when the caller may see none
     */
    public List<Standing> budgets(User caller) {
        mayRead(caller);
        return budgets.standings(
                budgets.all().stream().filter(it -> isSeen(caller, it)).toList());
    }

    /**
     * A budget as somebody sees it whose answers count in it.
     *
     * @param shared whether those of others count in it too
     * @param open whether they may see the amounts; else only how much of the limit is used, because it is shared with
     *     other organisations
     */
    public record Own(Standing standing, boolean shared, boolean open) {}

    /**
     * Those in which the caller's own answers count, of some or of all models.
     *
     * @param room where these answers are; one of which the caller is no member counts as none, and so does an empty one
     */
    public List<Own> own(User caller, String room) {
        String here = !room.isEmpty() && rooms.isMember(room, caller.id()) ? room : "";
        List<Budget> concerned = budgets.all().stream()
                .filter(it -> isOwn(caller, here, it.reach()))
                .toList();
        return budgets.standings(concerned).stream().map(this::own).toList();
    }

    private static boolean isOwn(User caller, String room, Reach reach) {
        return (reach.user().isEmpty() || reach.user().equals(caller.id()))
                && (reach.organisation().isEmpty() || reach.organisation().equals(caller.organisation()))
                && (reach.key().isEmpty() || reach.key().equals(caller.key()))
                && (reach.room().isEmpty() || reach.room().equals(room));
    }

    private Own own(Standing standing) {
        Reach reach = standing.budget().reach();
        boolean shared = reach.user().isEmpty();
        boolean within = !reach.organisation().isEmpty() || !reach.room().isEmpty();
        return new Own(standing, shared, !shared || within || isOnlyOrganisation());
    }

    private boolean isOnlyOrganisation() {
        return organisations.list("", 2).size() == 1;
    }

    /** What the caller has used in these days, each in the time zone of their organisation. */
    public Totals ownUsage(User caller, LocalDate from, LocalDate to) {
        return history.sums(from, to, List.of(), Reach.ofUser(caller.id()), 1).stream()
                .findFirst()
                .map(UsageHistory.Sum::totals)
                .orElse(Totals.ZERO);
    }

    /**
     * The budget that {@link #create} would make, which nobody keeps and auditors may think of too.
     *
     * @throws Refusal when it can't be so, or the caller may see no budgets
     */
    public Budget imagined(User caller, Draft wanted) {
        mayRead(caller);
        Draft draft = seesAll(caller) ? wanted : within(caller.organisation(), wanted);
        check(draft.reach());
        checkModel(draft.atLimit());
        return mapped(() -> budgets.imagined(draft));
    }

    /**
     * One budget.
     *
     * @throws Refusal when there is none, or the caller may not see it
     */
    public Standing budget(User caller, String id) {
        mayRead(caller);
        return budgets.standings(List.of(seen(caller, id))).getFirst();
    }

    private Budget seen(User caller, String id) {
        return budgets.find(id)
                .filter(it -> isSeen(caller, it))
                .orElseThrow(() -> new Refusal(Code.NO_SUCH_BUDGET, "There is no such budget."));
    }

    private static boolean isSeen(User caller, Budget budget) {
        return seesAll(caller) || budget.organisation().equals(caller.organisation());
    }

    /** Refuses who may see no budgets, before what they ask is even looked at. */
    public void checkMayRead(User caller) {
        mayRead(caller);
    }

    /** Refuses who may only read, or nothing, before what they ask is even looked at. */
    public void checkMayChange(User caller) {
        if (!caller.is(Role.ADMIN) && !caller.is(Role.MANAGER)) {
            audit.record(Kind.REFUSED, caller.who(), Where.NONE, "budget.set", "", "");
            throw new Refusal(Code.FORBIDDEN, NOT_THEIRS);
        }
    }

    /**
     * Makes a budget. One that a manager makes is for their organisation, whatever it says.
     *
     * @throws Refusal when it can't be so, or the caller may not do this
     */
    public Standing create(User caller, Draft wanted) {
        checkMayChange(caller);
        Draft draft = caller.is(Role.ADMIN) ? wanted : within(caller.organisation(), wanted);
        check(draft.reach());
        checkModel(draft.atLimit());
        Budget made = mapped(() -> budgets.create(draft));
        record(caller, "budget.create", made.id(), BudgetWords.of(made));
        return budgets.standings(List.of(made)).getFirst();
    }

    private static Draft within(String organisation, Draft draft) {
        Reach reach = draft.reach();
        if (!reach.organisation().isEmpty() && !reach.organisation().equals(organisation)) {
            throw new Refusal(Code.FORBIDDEN, NOT_THEIRS);
        }
        return new Draft(
                draft.name(),
                new Reach(reach.user(), organisation, reach.key(), reach.room(), reach.model()),
                draft.unit(),
                draft.limit(),
                draft.period(),
                draft.warnAt(),
                draft.atLimit(),
                draft.paused());
    }

    private void check(Reach reach) {
        if (!reach.organisation().isEmpty()
                && organisations.find(reach.organisation()).isEmpty()) {
            throw new Refusal(Code.NO_SUCH_ORGANISATION, "There is no such organisation.");
        }
        if (!reach.user().isEmpty() && users.byId(reach.user()).isEmpty()) {
            throw new Refusal(Code.NO_SUCH_USER, "There is no such user.");
        }
        checkModel(reach.model());
    }

    private void checkModel(AtLimit atLimit) {
        switch (atLimit) {
            case AtLimit.Degrade degrade -> checkModel(degrade.model());
            case AtLimit.Switch change -> checkModel(change.model());
            case AtLimit.Cut cut -> {}
            case AtLimit.FinishSentence finish -> {}
        }
    }

    private void checkModel(String name) {
        if (!name.isEmpty() && models.model(name).isEmpty()) {
            throw new Refusal(Code.UNKNOWN_MODEL, "There is no model " + name + " here.");
        }
    }

    /**
     * Changes a budget, on every node at once; what waits for its limit to be raised goes on.
     *
     * @param version that of the budget from which the change was made; empty: whatever it is now
     * @throws Refusal when there is none, it has another version by now, it can't be so, or the caller may not do this
     */
    public Standing change(User caller, String id, Change change, Optional<Long> version) {
        checkMayChange(caller);
        Budget before = seen(caller, id);
        if (change.atLimit() != null) {
            checkModel(change.atLimit());
        }
        Budget after = mapped(() -> budgets.change(id, change, version));
        record(caller, "budget.change", id, BudgetWords.of(before, after));
        return budgets.standings(List.of(after)).getFirst();
    }

    /** Deletes a budget; what it was charged for stays in the history. @throws Refusal as {@link #change} */
    public void delete(User caller, String id) {
        checkMayChange(caller);
        Budget before = seen(caller, id);
        mapped(() -> {
            budgets.delete(id);
            return id;
        });
        record(caller, "budget.delete", id, BudgetWords.of(before));
    }

    /** Where an organisation's days and months begin. */
    public ZoneId timeZone(String organisation) {
        return budgets.timeZone(organisation);
    }

    /**
     * Has an organisation's days and months begin elsewhere, each from its next beginning on.
     *
     * @param name such as {@code Europe/Berlin}; empty for the installation's
     * @throws Refusal when there is no such place or organisation, or the caller may not do this
     */
    public void setTimeZone(User caller, String organisation, String name) {
        if (!caller.is(Role.ADMIN)) {
            audit.record(Kind.REFUSED, caller.who(), Where.NONE, "organisation.time-zone", organisation, "");
            throw new Refusal(Code.FORBIDDEN, NOT_THEIRS);
        }
        Optional<ZoneId> zone = zone(name);
        if (!budgets.setTimeZone(organisation, zone)) {
            throw new Refusal(Code.NO_SUCH_ORGANISATION, "There is no such organisation.");
        }
        record(caller, "organisation.time-zone", organisation, name);
    }

    private static Optional<ZoneId> zone(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            throw new Refusal(Code.INVALID, "There is no time zone " + name + ". Use a name such as Europe/Berlin.");
        }
    }

    private void record(User caller, String action, String id, String details) {
        audit.record(Kind.ADMIN, caller.who(), Where.NONE, action, id, details);
    }

    private static <T> T mapped(Supplier<T> work) {
        try {
            return work.get();
        } catch (BudgetProblem problem) {
            throw new Refusal(
                    switch (problem.kind()) {
                        case INVALID -> Code.INVALID;
                        case NO_SUCH_BUDGET -> Code.NO_SUCH_BUDGET;
                        case CHANGED -> Code.CHANGED;
                    },
                    problem.detail());
        }
    }

    /**
     * What was used, of what the caller may see: administrators and auditors everything, managers that of their
     * organisation, all others their own.
     *
     * @param of whose answers; narrowed to what the caller may see
     */
    public List<UsageHistory.Sum> usage(
            User caller, LocalDate from, LocalDate to, List<UsageBy> by, Reach of, int limit) {
        return history.sums(from, to, by, narrowed(caller, of), limit);
    }

    /** The bills of the caller's reach, for reports and simulations; as {@link UsageHistory#bills}. */
    public List<Bill> bills(User caller, LocalDate from, LocalDate to, Reach of, String after, int limit) {
        return history.bills(from, to, narrowed(caller, of), after, limit);
    }

    private static Reach narrowed(User caller, Reach of) {
        if (seesAll(caller)) {
            return of;
        }
        boolean manages = caller.is(Role.MANAGER);
        boolean asksOthers = !of.organisation().isEmpty() && !of.organisation().equals(caller.organisation());
        boolean asksOtherUser = !manages && !of.user().isEmpty() && !of.user().equals(caller.id());
        if (asksOthers || asksOtherUser) {
            throw new Refusal(Code.FORBIDDEN, NOT_THEIRS);
        }
        return new Reach(manages ? of.user() : caller.id(), caller.organisation(), of.key(), of.room(), of.model());
    }

    private static boolean seesAll(User caller) {
        return caller.is(Role.ADMIN) || caller.is(Role.AUDITOR);
    }

    private static void mayRead(User caller) {
        if (!seesAll(caller) && !caller.is(Role.MANAGER)) {
            throw new Refusal(Code.FORBIDDEN, NOT_THEIRS);
        }
    }
}
