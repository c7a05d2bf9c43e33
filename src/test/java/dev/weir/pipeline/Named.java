package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;

/** An interceptor that does nothing, at a place, with settings. */
record Named(String name, Place place, List<Setting> settings) implements StreamInterceptor {

    Named(String name) {
        this(name, Place.MIDDLE, List.of());
    }

    Named(String name, Place place) {
        this(name, place, List.of());
    }

    @Override
    public Optional<String> problem(String key, String value) {
        return value.equals("unlucky") ? Optional.of("Not this one.") : Optional.empty();
    }

    @Override
    public Stage open(BranchContext branch, Stage next) {
        return next;
    }
}
