package dev.weir.pipeline;

import java.util.Optional;
import java.util.function.Consumer;

/** Tells every node of the cluster that a policy has changed. Thread-safe. */
public interface PolicyNews {

    /** Nobody else is there to be told. */
    PolicyNews ALONE = new PolicyNews() {
        @Override
        public void tell(Scope changed) {
            // nobody listens
        }

        @Override
        public void listen(Consumer<Optional<Scope>> listener) {
            // nothing is told
        }
    };

    /**
     * Tells the other nodes, and this one again.
     *
     * @throws RuntimeException when this node is not part of a cluster now
     */
    void tell(Scope changed);

    /**
     * Calls this with each scope that is told of from now on, and with nothing when some may have been missed.
     *
     * @throws RuntimeException when this node is not part of a cluster yet; it may be tried again
     */
    void listen(Consumer<Optional<Scope>> listener);
}
