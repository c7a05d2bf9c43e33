package dev.weir.admin;

import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.room.BudgetDesk;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The budgets that the caller may see and how they stand: made, raised, paused and deleted by who may. */
@Named
@RequestScoped
public class BudgetsView {

    /** Budgets on the page; the search finds the others. */
    static final int MOST = 200;

    private final BudgetDesk desk;
    private final BudgetScopes scopes;
    private final ModelCatalogue catalogue;
    private final ConsoleCaller me;
    private final Map<String, String> form =
            new HashMap<>(Map.of("unit", "usd", "period", "month", "at", "cut", "warnings", "80, 95"));
    private final Map<String, String> raised = new HashMap<>();
    private @Nullable String search;
    private @Nullable String chosen;
    private @Nullable List<BudgetLine> lines;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected BudgetsView() {
        this(null, null, null, null);
    }

    @Inject
    BudgetsView(BudgetDesk desk, BudgetScopes scopes, ModelCatalogue catalogue, ConsoleCaller me) {
        this.desk = desk;
        this.scopes = scopes;
        this.catalogue = catalogue;
        this.me = me;
    }

    /** Whether the caller may change what is shown here. */
    public boolean isChanging() {
        User user = me.user();
        return user.is(Role.ADMIN) || user.is(Role.MANAGER);
    }

    public List<BudgetLine> getLines() {
        return found().stream().limit(MOST).toList();
    }

    /** Whether there are more than are shown. */
    public boolean isMore() {
        return found().size() > MOST;
    }

    private List<BudgetLine> found() {
        List<BudgetLine> found = lines;
        if (found == null) {
            found = desk.budgets(me.user()).stream()
                    .map(it -> new BudgetLine(it, scopes.words(it.budget().reach())))
                    .filter(this::isWanted)
                    .sorted(Comparator.comparing(it -> it.budget().name(), String.CASE_INSENSITIVE_ORDER))
                    .toList();
            lines = found;
        }
        return found;
    }

    private boolean isWanted(BudgetLine line) {
        String wanted = Typed.text(search).toLowerCase(Locale.ROOT);
        return (line.budget().name() + " " + line.scope())
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }

    public List<ModelSpec> getModels() {
        return catalogue.specs();
    }

    public void create() {
        BudgetForm typed = new BudgetForm(form);
        Optional<Draft> draft = typed.draft(scopes::userByLogin);
        if (draft.isEmpty()) {
            typed.problems().forEach((field, problem) -> Said.wrong("budget:" + field, problem));
        } else if (Said.doing("budget", () -> desk.create(me.user(), draft.get()))) {
            Said.done(draft.get().name() + " is in force now, on every node.");
            form.put("name", "");
            form.put("limit", "");
        }
        lines = null;
    }

    /** Gives the chosen budget another limit. */
    public void raise() {
        User user = me.user();
        Said.doing("raise", () -> raise(user));
        lines = null;
    }

    private void raise(User user) {
        var before = desk.budget(user, Typed.text(chosen)).budget();
        BudgetForm typed = new BudgetForm(raised);
        Optional<Change> change = typed.raise(before.unit());
        typed.problems().forEach((field, problem) -> Said.wrong("raise:" + field, problem));
        if (change.isPresent()) {
            var after = desk.change(user, before.id(), change.get(), Optional.empty());
            Said.done("The limit of " + before.name() + " is " + new BudgetLine(after, "").limit()
                    + " now, on every node. Answers that waited for it go on.");
        }
    }

    public void pause() {
        change(true, " refuses nothing any more, and counts all the same.");
    }

    public void resume() {
        change(false, " is in force again.");
    }

    private void change(boolean paused, String what) {
        User user = me.user();
        Said.doing("", () -> {
            var after = desk.change(user, Typed.text(chosen), Change.paused(paused), Optional.empty());
            Said.done(after.budget().name() + what);
        });
        lines = null;
    }

    public void delete() {
        User user = me.user();
        if (Said.doing("", () -> desk.delete(user, Typed.text(chosen)))) {
            Said.done("The budget was deleted. What was used, and who changed it, stays.");
        }
        lines = null;
    }

    /** What was typed for a new budget, by field. */
    public Map<String, String> getForm() {
        return form;
    }

    /** What was typed for another limit. */
    public Map<String, String> getRaised() {
        return raised;
    }

    /** A part of the name or of whose it is; empty for all. */
    public @Nullable String getSearch() {
        return search;
    }

    public void setSearch(@Nullable String search) {
        this.search = search;
    }

    /** The id of the budget that something is done with. */
    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }
}
