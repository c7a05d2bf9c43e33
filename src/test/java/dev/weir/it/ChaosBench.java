package dev.weir.it;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./weir bench chaos}: the program of {@link ChaosIT} for as long as one wants. */
final class ChaosBench {

    private ChaosBench() {}

    /**
     * Runs, and exits with 1 when something was wrong.
     *
     * @param arguments for how many minutes, and the seed, if it is to be a certain one
     */
    public static void main(String[] arguments) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.WARNING);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime() & 0xffff_ffffL;
        var extent = Chaos.Extent.configured(Duration.ofSeconds(Math.round(Double.parseDouble(arguments[0]) * 60)));
        ChaosJournal journal;
        try (Chaos chaos = new Chaos(seed, extent)) {
            journal = chaos.run();
        }
        System.out.println();
        System.out.println(journal.faults() == 0 ? journal.counts() + ", violations 0" : journal.report());
        System.exit(journal.faults() == 0 ? 0 : 1);
    }
}
