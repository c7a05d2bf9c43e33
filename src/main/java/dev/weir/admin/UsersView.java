package dev.weir.admin;

import dev.weir.budget.Consumption;
import dev.weir.identity.Accounts;
import dev.weir.identity.Organisation;
import dev.weir.identity.OrganisationAccounts;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.UserDraft;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users in the order of their logins, a page at a time, and the form for a new one. */
@Named
@RequestScoped
public class UsersView {

    /** Users on one page. */
    static final int PAGE = 50;

    @Inject
    Accounts accounts;

    @Inject
    OrganisationAccounts organisations;

    @Inject
    Consumption consumption;

    @Inject
    ConsoleCaller me;

    private @Nullable String after;
    private @Nullable String login;
    private @Nullable String name;
    private @Nullable String organisation;
    private List<String> roles = List.of(Role.USER.word());
    private @Nullable String password;
    private @Nullable List<User> found;

    /**
     * A user as the list shows it.
     *
     * @param used on this node since it started
     */
    public record Row(User user, String organisation, String roles, String used) {}

    public List<Row> getRows() {
        var names = OrganisationNames.of(organisations, me.user());
        var used = consumption.totals(Consumption.By.USER);
        return found().stream()
                .limit(PAGE)
                .map(it -> new Row(it, names.name(it.organisation()), Roles.words(it), Spent.words(used.get(it.id()))))
                .toList();
    }

    private List<User> found() {
        List<User> users = found;
        if (users == null) {
            users = accounts.list(me.user(), Typed.text(after), PAGE + 1);
            found = users;
        }
        return users;
    }

    /** The rest of the address of the next page; empty when this is the last. */
    public String getNext() {
        return found().size() <= PAGE
                ? ""
                : "?after=" + URLEncoder.encode(found().get(PAGE - 1).login(), StandardCharsets.UTF_8);
    }

    public List<Organisation> getOrganisations() {
        return OrganisationNames.of(organisations, me.user()).all();
    }

    public void create() {
        User admin = me.admin();
        var draft = new UserDraft(
                Typed.text(login),
                Optional.of(Typed.text(name)).filter(it -> !it.isEmpty()),
                Optional.of(Typed.text(organisation)).filter(it -> !it.isEmpty()),
                Optional.of(Roles.of(roles)),
                Optional.empty());
        Said.doing(
                "user",
                () -> password = accounts.create(admin, draft).password().orElse(""));
        found = null;
    }

    /** The password of the user who was just made; empty otherwise. */
    public @Nullable String getPassword() {
        return password;
    }

    /** The login before the first of this page; empty for the first page. */
    public @Nullable String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after;
    }

    public @Nullable String getLogin() {
        return login;
    }

    public void setLogin(@Nullable String login) {
        this.login = login;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public @Nullable String getOrganisation() {
        return organisation == null ? me.user().organisation() : organisation;
    }

    public void setOrganisation(@Nullable String organisation) {
        this.organisation = organisation;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }
}
