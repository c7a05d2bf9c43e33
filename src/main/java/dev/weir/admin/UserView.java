package dev.weir.admin;

import dev.weir.identity.AccountProblem;
import dev.weir.identity.Accounts;
import dev.weir.identity.Organisation;
import dev.weir.identity.OrganisationAccounts;
import dev.weir.identity.Passwords;
import dev.weir.identity.User;
import dev.weir.identity.UserChange;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One user, to be changed: {@code id} in the address. */
@Named
@RequestScoped
public class UserView {

    @Inject
    Accounts accounts;

    @Inject
    OrganisationAccounts organisations;

    @Inject
    Passwords passwords;

    @Inject
    ConsoleCaller me;

    private String id = "";
    private String login = "";
    private String name = "";
    private String organisation = "";
    private List<String> roles = List.of();
    private boolean disabled;
    private @Nullable String password;

    /** Reads the user when the page is asked for; 404 when there is none. */
    public void load() throws IOException {
        try {
            show(accounts.user(me.user(), id));
        } catch (AccountProblem e) {
            FacesContext context = FacesContext.getCurrentInstance();
            context.getExternalContext().responseSendError(404, "There is no such user.");
            context.responseComplete();
        }
    }

    private void show(User user) {
        login = user.login();
        name = user.name();
        organisation = user.organisation();
        roles = Roles.of(user);
        disabled = user.disabled();
    }

    public void save() {
        var change = new UserChange(
                Optional.of(name),
                Optional.of(organisation),
                Optional.of(Roles.of(roles)),
                Optional.empty(),
                Optional.of(disabled));
        User admin = me.admin();
        if (Said.doing("user", () -> show(accounts.change(admin, id, change)))) {
            Said.done(disabled ? "Saved. The user is signed out everywhere and can't sign in." : "Saved.");
        }
    }

    /** Gives the user another password, which is shown once, and signs them out everywhere. */
    public void resetPassword() {
        User admin = me.admin();
        String fresh = passwords.generate();
        var change = new UserChange(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(fresh), Optional.empty());
        if (Said.doing("user", () -> show(accounts.change(admin, id, change)))) {
            password = fresh;
        }
    }

    public List<Organisation> getOrganisations() {
        return OrganisationNames.of(organisations, me.user()).all();
    }

    /** The password that was just made; empty otherwise. */
    public @Nullable String getPassword() {
        return password;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getLogin() {
        return login;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name == null ? "" : name;
    }

    public String getOrganisation() {
        return organisation;
    }

    public void setOrganisation(@Nullable String organisation) {
        this.organisation = organisation == null ? "" : organisation;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }
}
