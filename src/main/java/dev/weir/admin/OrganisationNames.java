package dev.weir.admin;

import dev.weir.identity.Organisation;
import dev.weir.identity.OrganisationAccounts;
import dev.weir.identity.User;
import java.util.Comparator;
import java.util.List;

/**
 * The organisations of the installation.
 *
 * @param all in the order of their names, at most {@value #MOST}
 */
record OrganisationNames(List<Organisation> all) {

    static final int MOST = 1000;

    static OrganisationNames of(OrganisationAccounts organisations, User caller) {
        return new OrganisationNames(organisations.list(caller, "", MOST).stream()
                .sorted(Comparator.comparing(Organisation::name, String.CASE_INSENSITIVE_ORDER))
                .toList());
    }

    /** The name, or the id of one that is not listed. */
    String name(String id) {
        return all.stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .map(Organisation::name)
                .orElse(id);
    }
}
