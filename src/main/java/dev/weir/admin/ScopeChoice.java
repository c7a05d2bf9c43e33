package dev.weir.admin;

import dev.weir.identity.Organisation;
import dev.weir.identity.OrganisationAccounts;
import dev.weir.pipeline.Origin;
import dev.weir.pipeline.Scope;
import dev.weir.room.PolicyDesk;
import dev.weir.room.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For which scope a page shows what interceptors do, by the address: {@code organisation}, {@code room}, or neither. */
@Named
@RequestScoped
public class ScopeChoice {

    @Inject
    PolicyDesk desk;

    @Inject
    OrganisationAccounts organisations;

    @Inject
    ConsoleCaller me;

    private @Nullable String organisation;
    private @Nullable String room;
    private PolicyDesk.@Nullable Standing standing;

    /**
     * A scope that has a policy.
     *
     * @param query the rest of the address that shows it
     */
    public record Place(String label, String query) {}

    /** Reads when the page is asked for; 404 when there is no such organisation or room. */
    public void load() throws IOException {
        try {
            standing();
        } catch (Refusal e) {
            FacesContext context = FacesContext.getCurrentInstance();
            context.getExternalContext().responseSendError(404, e.detail());
            context.responseComplete();
        }
    }

    Scope scope() {
        if (!getRoom().isEmpty()) {
            return Scope.room(getRoom());
        }
        return getOrganisation().isEmpty() ? Scope.INSTALLATION : Scope.organisation(getOrganisation());
    }

    /** What a request says about the scope may come after it was first asked for. */
    PolicyDesk.Standing standing() {
        PolicyDesk.Standing known = standing;
        if (known == null || !known.scope().equals(scope())) {
            known = desk.standing(me.user(), scope());
            standing = known;
        }
        return known;
    }

    /** To be called after something was changed. */
    void forget() {
        standing = null;
    }

    /** What is shown, in words. */
    public String getTitle() {
        return words(scope());
    }

    private String words(Scope scope) {
        return switch (scope.kind()) {
            case INSTALLATION -> "The whole installation";
            case ORGANISATION -> OrganisationNames.of(organisations, me.user()).name(scope.id());
            case ROOM -> "Room " + scope.id();
        };
    }

    /** Whether policies of narrower scopes can be kept from changing something. */
    public boolean isLockable() {
        return scope().kind() != Scope.Kind.ROOM;
    }

    /** Whether the scope says anything itself. */
    public boolean isSaying() {
        return !standing().own().isEmpty();
    }

    public List<Organisation> getOrganisations() {
        return OrganisationNames.of(organisations, me.user()).all();
    }

    /** The scopes that say something themselves. */
    public List<Place> getPlaces() {
        return desk.scopes(me.user()).stream()
                .map(it -> new Place(words(it), query(it)))
                .toList();
    }

    private static String query(Scope scope) {
        return scope.id().isEmpty()
                ? ""
                : "?" + scope.kind().word() + "=" + URLEncoder.encode(scope.id(), StandardCharsets.UTF_8);
    }

    /** The rest of the address of this scope's pages. */
    public String getQuery() {
        return query(scope());
    }

    static String words(Origin origin) {
        return switch (origin) {
            case DEFAULT -> "the interceptor’s own default";
            case CONFIGURATION -> "the configuration";
            case INSTALLATION -> "the installation";
            case ORGANISATION -> "the organisation";
            case ROOM -> "the room";
        };
    }

    public String getOrganisation() {
        return organisation == null ? "" : organisation;
    }

    public void setOrganisation(@Nullable String organisation) {
        this.organisation = organisation;
    }

    public String getRoom() {
        return room == null ? "" : room.strip();
    }

    public void setRoom(@Nullable String room) {
        this.room = room;
    }
}
