package dev.weir.admin;

import dev.weir.identity.User;
import dev.weir.pipeline.InForce;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyProblem;
import dev.weir.room.PolicyDesk;
import dev.weir.room.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The interceptors of a scope: in order, with their modes and settings, inherited or said by the scope itself. */
@Named
@RequestScoped
public class InterceptorsView {

    @Inject
    PolicyDesk desk;

    @Inject
    ScopeChoice scopeChoice;

    @Inject
    ConsoleCaller me;

    private final Map<String, String> problems = new HashMap<>();
    private @Nullable Policy sent;
    private List<String> sentOrder = List.of();
    private @Nullable String chosen;
    private String changedMeanwhile = "";

    public List<Station> getStations() {
        List<String> order = order();
        Station.Maker maker = new Station.Maker(
                scopeChoice.standing().scope().kind(),
                scopeChoice.standing().plan().plan(),
                shown(),
                problems);
        return scopeChoice.standing().inherited().all().stream()
                .sorted(Comparator.comparingInt(it -> Math.floorMod(order.indexOf(it.name()), Integer.MAX_VALUE)))
                .map(maker::station)
                .toList();
    }

    private List<String> order() {
        return sentOrder.isEmpty() ? names(scopeChoice.standing().plan()) : sentOrder;
    }

    private Policy shown() {
        return sent == null ? scopeChoice.standing().own() : sent;
    }

    private static List<String> names(PolicyDesk.View view) {
        return view.all().stream().map(InForce::name).toList();
    }

    public String getOrder() {
        return String.join(",", order());
    }

    public String getInheritedOrder() {
        return String.join(",", names(scopeChoice.standing().inherited()));
    }

    /** Where the inherited order comes from, in words. */
    public String getOrderFrom() {
        return switch (scopeChoice.standing().inherited().orderFrom()) {
            case DEFAULT, CONFIGURATION -> "the interceptors’ priorities";
            case INSTALLATION, ORGANISATION, ROOM ->
                ScopeChoice.words(scopeChoice.standing().inherited().orderFrom());
        };
    }

    public boolean isOrderOwn() {
        return shown().order().isPresent();
    }

    public boolean isOrderLocked() {
        return shown().orderLocked();
    }

    /** Who keeps this scope from another order, in words; empty for nobody. */
    public String getOrderLockedBy() {
        return scopeChoice
                .standing()
                .inherited()
                .orderLockedBy()
                .map(ScopeChoice::words)
                .orElse("");
    }

    public boolean isOrderEditable() {
        return me.isAdmin() && getOrderLockedBy().isEmpty();
    }

    public String getOrderProblem() {
        return problems.getOrDefault("order", "");
    }

    public void save() {
        User admin = me.admin();
        PolicyForm form = new PolicyForm(
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap());
        Policy wanted = form.policy(scopeChoice.standing());
        try {
            if (changing(() -> desk.save(admin, scopeChoice.scope(), wanted, form.version()))) {
                Said.done("Saved. It counts for every answer that begins from now on.");
            }
        } catch (PolicyProblem e) {
            sent = wanted;
            sentOrder = form.shownOrder();
            e.faults().forEach(this::note);
            Said.wrong("", "Nothing was saved yet: see what is marked below.");
        }
        scopeChoice.forget();
    }

    private boolean changing(Runnable change) {
        return Said.doing("", () -> {
            try {
                change.run();
            } catch (Refusal e) {
                changedMeanwhile = e.code() == Refusal.Code.CHANGED ? e.detail() : "";
                throw e;
            }
        });
    }

    private void note(PolicyProblem.Fault fault) {
        String field = fault.interceptor().isEmpty()
                ? "order"
                : fault.key().isEmpty()
                        ? PolicyForm.mode(fault.interceptor())
                        : PolicyForm.setting(fault.interceptor(), fault.key());
        problems.merge(field, fault.detail(), (one, other) -> one + " " + other);
    }

    /** Takes everything away that the scope says. */
    public void reset() {
        User admin = me.admin();
        Optional<String> version = Optional.ofNullable(chosen);
        if (changing(() -> desk.reset(admin, scopeChoice.scope(), version))) {
            Said.done("Everything is inherited now.");
        }
        scopeChoice.forget();
    }

    /** The version of what is shown, which a change goes from. */
    public String getVersion() {
        return scopeChoice.standing().version();
    }

    /** Why nothing was saved though nothing was wrong: somebody else was faster. Empty otherwise. */
    public String getChangedMeanwhile() {
        return changedMeanwhile;
    }

    /** What the question goes from: a {@link #getVersion}. */
    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }
}
