package dev.weir.budget.rate;

/** A caller asks faster than they may. */
public final class TooFast extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Rate rate;

    public TooFast(Rate rate) {
        super(rate.words());
        this.rate = rate;
    }

    public Rate rate() {
        return rate;
    }
}
