package dev.weir.admin;

import dev.weir.audit.AuditPlace;
import dev.weir.budget.Budget;
import dev.weir.budget.Change;
import dev.weir.budget.Standing;
import dev.weir.identity.User;
import dev.weir.room.BudgetDesk;
import dev.weir.room.BudgetHistory;
import dev.weir.room.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One budget, {@code id} in the address: how it stands, to be changed by who may, and who has changed it, also when it is
 * gone. Without an id the changes of all.
 */
@Named
@RequestScoped
public class BudgetView {

    /** Changes on one page. */
    static final int PAGE = 50;

    @Inject
    BudgetDesk desk;

    @Inject
    BudgetHistory history;

    @Inject
    BudgetScopes scopes;

    @Inject
    ConsoleCaller me;

    private final Map<String, String> form = new HashMap<>();
    private String id = "";
    private String after = "";
    private @Nullable BudgetLine line;
    private BudgetHistory.@Nullable Page page;

    /** A change as the page shows it. */
    public record Row(BudgetHistory.Entry entry) {

        public String at() {
            return entry.at().toString();
        }

        public String done() {
            return switch (entry.done()) {
                case "create" -> "made";
                case "change" -> "changed";
                case "delete" -> "deleted";
                default -> entry.done();
            };
        }

        public String words() {
            return entry.words().isEmpty()
                    ? "What was done was erased"
                    : entry.words().replace(" -> ", " → ");
        }
    }

    /** Reads the budget when the page is asked for. */
    public void load() {
        if (!id.isEmpty()) {
            try {
                show(desk.budget(me.user(), id));
            } catch (Refusal e) {
                if (e.code() != Refusal.Code.NO_SUCH_BUDGET) {
                    throw e;
                }
            }
        }
    }

    private void show(Standing standing) {
        Budget budget = standing.budget();
        line = new BudgetLine(standing, scopes.words(budget.reach()));
        form.putAll(BudgetForm.fields(budget));
    }

    /** None when it is gone, or no id was given. */
    public @Nullable BudgetLine getLine() {
        if (line == null && id.isEmpty()) {
            id = sentId();
            load();
        }
        return line;
    }

    /** What the form sends is asked for before its fields are read, for without a budget there is no form. */
    private static String sentId() {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("change:id", "");
    }

    public void save() {
        User user = me.user();
        Said.doing("change", () -> save(user));
        page = null;
    }

    private void save(User user) {
        BudgetForm typed = new BudgetForm(form);
        Optional<Change> change = typed.change(desk.budget(user, id).budget().unit());
        typed.problems().forEach((field, problem) -> Said.wrong("change:" + field, problem));
        if (change.isPresent()) {
            show(desk.change(user, id, change.get(), typed.version()));
            Said.done("Saved. It counts at once, on every node.");
        }
    }

    public List<Row> getChanges() {
        return page().entries().stream().map(Row::new).toList();
    }

    private BudgetHistory.Page page() {
        BudgetHistory.Page found = page;
        if (found == null) {
            found = history.page(me.user(), id, AuditPlace.parse(after), PAGE);
            page = found;
        }
        return found;
    }

    /** The rest of the address of older changes; empty when these are the oldest. */
    public String getOlder() {
        return page().next().map(it -> "?id=" + encoded(id) + "&after=" + it).orElse("");
    }

    /** The rest of the address where it is tried out under another limit. */
    public String getTrial() {
        BudgetLine shown = line;
        if (shown == null) {
            return "";
        }
        Map<String, String> wanted = new HashMap<>(BudgetForm.fields(shown.budget()));
        wanted.keySet().removeAll(List.of("version", "paused", "warnings"));
        wanted.put("what", "draft");
        var reach = shown.budget().reach();
        wanted.put("organisation", reach.organisation());
        wanted.put("user", scopes.login(reach.user()));
        wanted.put("model", reach.model());
        wanted.put("room", reach.room());
        wanted.put("key", reach.key());
        return "?"
                + wanted.entrySet().stream()
                        .filter(it -> !it.getValue().isEmpty())
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What is in the fields. */
    public Map<String, String> getForm() {
        return form;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = Typed.text(id);
    }

    /** The last change of the page before; empty for the first page. */
    public String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = Typed.text(after);
    }
}
