package dev.weir.admin;

import dev.weir.identity.Organisation;
import dev.weir.identity.OrganisationAccounts;
import dev.weir.identity.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The organisations: listed, made, renamed, and deleted when nobody is in them. */
@Named
@RequestScoped
public class OrganisationsView {

    @Inject
    OrganisationAccounts organisations;

    @Inject
    ConsoleCaller me;

    private @Nullable String name;
    private @Nullable String otherName;
    private @Nullable String chosen;

    public List<Organisation> getOrganisations() {
        return OrganisationNames.of(organisations, me.user()).all();
    }

    public void create() {
        User admin = me.admin();
        if (Said.doing("organisation", () -> organisations.create(admin, Typed.text(name)))) {
            Said.done(Typed.text(name) + " was made. Choose it for a user, and they belong to it.");
            name = null;
        }
    }

    public void rename() {
        User admin = me.admin();
        if (Said.doing("rename", () -> organisations.rename(admin, Typed.text(chosen), Typed.text(otherName)))) {
            Said.done("It is called " + Typed.text(otherName) + " now.");
        }
    }

    public void delete() {
        User admin = me.admin();
        if (Said.doing("", () -> organisations.delete(admin, Typed.text(chosen)))) {
            Said.done("The organisation was deleted.");
        }
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    /** What the chosen one shall be called. */
    public @Nullable String getOtherName() {
        return otherName;
    }

    public void setOtherName(@Nullable String otherName) {
        this.otherName = otherName;
    }

    /** The id of the organisation to be renamed or deleted. */
    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }
}
