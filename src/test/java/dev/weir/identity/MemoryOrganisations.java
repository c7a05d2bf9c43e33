package dev.weir.identity;

import java.util.List;
import java.util.Optional;

/** The organisations of {@link MemoryAccounts}. */
record MemoryOrganisations(MemoryAccounts accounts) implements Organisations {

    @Override
    public Optional<Organisation> find(String id) {
        return Optional.ofNullable(accounts.organisations.get(id)).map(it -> new Organisation(id, it));
    }

    @Override
    public List<Organisation> list(String after, int limit) {
        return accounts.organisations.keySet().stream()
                .filter(it -> it.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .flatMap(it -> find(it).stream())
                .toList();
    }

    @Override
    public void create(Organisation organisation) {
        accounts.organisations.put(organisation.id(), organisation.name());
    }

    @Override
    public boolean rename(String id, String name) {
        return accounts.organisations.replace(id, name) != null;
    }

    @Override
    public boolean delete(String id) {
        if (accounts.users.values().stream().anyMatch(it -> it.organisation().equals(id))) {
            return false;
        }
        accounts.organisations.remove(id);
        return true;
    }
}
