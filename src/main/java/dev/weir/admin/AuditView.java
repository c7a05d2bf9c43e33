package dev.weir.admin;

import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.ChainCheck;
import dev.weir.audit.Kind;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.model.ModelCatalogue;
import dev.weir.room.AuditReview;
import dev.weir.room.AuditReview.Seen;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The audit's records, found and paged by the address, and the chains that they are in. Days are those of UTC. */
@Named
@RequestScoped
public class AuditView {

    /** Records on one page. */
    static final int PAGE = 50;

    @Inject
    AuditReview audit;

    @Inject
    ModelCatalogue catalogue;

    @Inject
    Users users;

    @Inject
    ConsoleCaller me;

    /** What the address says, by name; what is not there is empty. */
    private final Map<String, String> asked = new LinkedHashMap<>();

    private final Map<String, String> logins = new HashMap<>();
    private AuditReview.@Nullable Page page;
    private @Nullable List<ChainCheck.Report> reports;

    /**
     * A record as the page shows it.
     *
     * @param what the kind, and the action where there is one
     * @param note in place of a text that is not shown; empty otherwise
     */
    public record Row(Seen seen, String at, String who, String what, String text, String note) {}

    public List<Row> getRows() {
        return page().records().stream().map(this::row).toList();
    }

    private AuditReview.Page page() {
        AuditReview.Page found = page;
        if (found == null) {
            found = audit.search(me.user(), query(), AuditPlace.parse(value("after")), PAGE);
            page = found;
        }
        return found;
    }

    private Row row(Seen seen) {
        var fact = seen.record().fact();
        String what = fact.action().isEmpty() ? fact.kind().word() : fact.kind().word() + ": " + fact.action();
        String note = seen.hidden() ? "Text for the room’s members only" : "";
        return new Row(
                seen,
                seen.record().at().toString(),
                login(fact.who().user()),
                what,
                seen.text().orElse(""),
                seen.record().erased() ? "Text erased" : note);
    }

    private String login(String user) {
        return user.isEmpty()
                ? "nobody known"
                : logins.computeIfAbsent(
                        user, id -> users.byId(id).map(User::login).orElse(id));
    }

    private AuditQuery query() {
        return new AuditQuery(
                day("from").map(it -> start(it)),
                day("through").map(it -> start(it.plusDays(1))),
                value("user"),
                value("room"),
                value("turn"),
                value("model"),
                kind(),
                false);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Optional<LocalDate> day(String name) {
        try {
            return value(name).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(value(name)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Optional<Kind> kind() {
        return Arrays.stream(Kind.values())
                .filter(it -> it.word().equals(value("kind")))
                .findFirst();
    }

    private String value(String name) {
        return asked.getOrDefault(name, "").strip();
    }

    /** The address of the next page; empty when this is the last. */
    public String getNext() {
        return page().next().map(it -> "?after=" + it + "&" + filters()).orElse("");
    }

    /** Whether this is not the first page. */
    public boolean isLater() {
        return !value("after").isEmpty();
    }

    /** The rest of the address of the first page. */
    public String getFirst() {
        return "?" + filters();
    }

    private String filters() {
        return asked.keySet().stream()
                .filter(it ->
                        !it.equals("after") && !it.equals("check") && !value(it).isEmpty())
                .map(it -> pair(it, value(it)))
                .collect(Collectors.joining("&"));
    }

    /** The rest of the address under which all that fits is taken along. */
    public String getExport() {
        AuditQuery query = query();
        Map<String, String> wanted = new LinkedHashMap<>(Map.of("as", "lines"));
        query.from().ifPresent(it -> wanted.put("from", it.toString()));
        query.until().ifPresent(it -> wanted.put("until", it.toString()));
        wanted.put("user", query.user());
        wanted.put("room", query.room());
        wanted.put("turn", query.turn());
        wanted.put("model", query.model());
        query.kind().ifPresent(it -> wanted.put("kind", it.word()));
        return "?"
                + wanted.entrySet().stream()
                        .filter(it -> !it.getValue().isEmpty())
                        .map(it -> pair(it.getKey(), it.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What the address says. */
    public Map<String, String> getAsked() {
        return asked;
    }

    public List<String> getKinds() {
        return Arrays.stream(Kind.values()).map(Kind::word).toList();
    }

    public List<String> getModels() {
        return catalogue.specs().stream().map(it -> it.name()).toList();
    }

    public List<AuditReview.Chain> getChains() {
        return audit.chains(me.user());
    }

    /** Whether the chains are to be checked. */
    public boolean isChecking() {
        return value("check").equals("1");
    }

    /** What the check found; empty when none was asked for. */
    public List<ChainCheck.Report> getReports() {
        List<ChainCheck.Report> found = reports;
        if (found == null) {
            found = isChecking() ? audit.verify(me.user()) : List.of();
            reports = found;
        }
        return found;
    }
}
