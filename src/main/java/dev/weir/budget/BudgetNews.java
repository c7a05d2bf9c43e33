package dev.weir.budget;

/** Tells every node of the cluster that budgets have changed. Thread-safe. */
public interface BudgetNews {

    /** Nobody else is there to be told. */
    BudgetNews ALONE = new BudgetNews() {
        @Override
        public void tell() {
            // nobody listens
        }

        @Override
        public void listen(Runnable listener) {
            // nothing is told
        }
    };

    /**
     * Tells the other nodes, and this one again.
     *
     * @throws RuntimeException when this node is not part of a cluster now
     */
    void tell();

    /**
     * Calls this whenever budgets have changed, or may have without this node having heard.
     *
     * @throws RuntimeException when this node is not part of a cluster yet; it may be tried again
     */
    void listen(Runnable listener);
}
