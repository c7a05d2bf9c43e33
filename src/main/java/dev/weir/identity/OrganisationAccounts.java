package dev.weir.identity;

import dev.weir.audit.Audit;
import dev.weir.event.Ids;
import dev.weir.identity.AccountProblem.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * What administrators do with organisations; auditors may read. Every door comes here. Methods block on the database and
 * throw {@link AccountProblem} when the caller may not do this or it can't be done. Thread-safe.
 */
@ApplicationScoped
public class OrganisationAccounts {

    private final Organisations organisations;
    private final Audit audit;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected OrganisationAccounts() {
        this(null, null);
    }

    @Inject
    public OrganisationAccounts(Organisations organisations, Audit audit) {
        this.organisations = organisations;
        this.audit = audit;
    }

    /**
     * The organisations in the order of their ids.
     *
     * @param after the last id of the page before; empty for the first page
     */
    public List<Organisation> list(User caller, String after, int limit) {
        AccountRules.mayRead(caller);
        return organisations.list(after, limit);
    }

    public Organisation organisation(User caller, String id) {
        AccountRules.mayRead(caller);
        return organisations.find(id).orElseThrow(OrganisationAccounts::none);
    }

    /** Refuses who may only read, or nothing, before what they ask is even looked at. */
    public void checkMayChange(User caller) {
        AccountRules.mayChange(audit, caller, "organisation.create", "");
    }

    public Organisation create(User caller, String name) {
        AccountRules.mayChange(audit, caller, "organisation.create", "");
        Organisation organisation = new Organisation(Ids.next(), AccountRules.name(name));
        organisations.create(organisation);
        audit.record(caller.who(), "organisation.create", organisation.id(), "name " + organisation.name());
        return organisation;
    }

    public Organisation rename(User caller, String id, String name) {
        AccountRules.mayChange(audit, caller, "organisation.rename", id);
        String checked = AccountRules.name(name);
        if (!organisations.rename(id, checked)) {
            throw none();
        }
        audit.record(caller.who(), "organisation.rename", id, "name " + checked);
        return new Organisation(id, checked);
    }

    /** Deletes an organisation that has no users. */
    public void delete(User caller, String id) {
        AccountRules.mayChange(audit, caller, "organisation.delete", id);
        if (organisations.find(id).isEmpty()) {
            throw none();
        }
        if (!organisations.delete(id)) {
            throw AccountProblem.of(Kind.NOT_EMPTY, "The organisation has users. Move or delete them first.");
        }
        audit.record(caller.who(), "organisation.delete", id, "");
    }

    private static AccountProblem none() {
        return AccountProblem.of(Kind.NO_SUCH_ORGANISATION, "There is no such organisation.");
    }
}
