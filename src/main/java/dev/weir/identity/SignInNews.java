package dev.weir.identity;

import java.util.function.Consumer;

/** Tells every node of the cluster whose sign-ins must be looked up anew. Thread-safe. */
public interface SignInNews {

    /** Nobody else is there to be told. */
    SignInNews ALONE = new SignInNews() {
        @Override
        public void tell(News news) {
            // nobody listens
        }

        @Override
        public void listen(Consumer<News> listener) {
            // nothing is told
        }
    };

    /** What has changed. */
    sealed interface News {

        /** One sign-in has ended. */
        record Ended(String tokenHash) implements News {}

        /** Some of a user's have, or the user is another than before. */
        record Changed(String user) implements News {}

        /** There may have been news that this node has not heard. */
        record Missed() implements News {}
    }

    /**
     * Tells the other nodes, and this one again.
     *
     * @throws RuntimeException when this node is not part of a cluster now
     */
    void tell(News news);

    /** Calls this with what is told once this node has started. For one listener. */
    void listen(Consumer<News> listener);
}
