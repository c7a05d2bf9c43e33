package dev.weir.pages;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./weir bench console}: how smoothly Chromium shows the Consumption page while nobody, and while many, are answered. */
final class ConsoleBench {

    /** A word each second. */
    private static final String PROMPT = "[[words=600 pace=1000]]";

    private static final int AT_A_TIME = 16;

    /** How long the page's one thread was busy for more than 50 ms at a time, then the times between pictures. */
    private static final String WATCH = """
            const [seconds, done] = arguments;
            const gaps = [];
            let busy = 0;
            new PerformanceObserver(list => list.getEntries().forEach(it => busy += it.duration)).observe({ type: 'longtask' });
            const begun = performance.now();
            let last = begun;
            const picture = now => {
              if (now > last) gaps.push(now - last);
              last = now;
              if (now - begun < seconds * 1000) requestAnimationFrame(picture);
              else done([busy, ...gaps]);
            };
            requestAnimationFrame(picture);
            """;

    private ConsoleBench() {}

    /**
     * Runs, and exits with 1 when the turns did not all run.
     *
     * @param arguments how many turns, and for how many seconds the page is watched
     */
    public static void main(String[] arguments) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.WARNING);
        int turns = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        boolean all;
        try (WeirServer server = WeirServer.start(Map.of("weir.turn.max-running", Integer.toString(turns + 100)));
                Browser browser = Browser.start()) {
            WeirClient admin = server.client("admin");
            browser.signInAs(admin, server.uri("").toString());
            ConsolePage.open(browser, server.uri("").toString(), "consumption").awaitLive();
            System.out.println("turns | between pictures ms, p50 / p99 / most | over 50 ms | busy");
            Thread.sleep(Duration.ofSeconds(5));
            report(0, watch(browser, seconds));
            begin(admin, turns);
            all = runAll(browser, turns);
            report(turns, watch(browser, seconds));
        }
        System.exit(all ? 0 : 1);
    }

    /** Each in a room of its own. */
    private static void begin(WeirClient client, int turns) {
        Semaphore places = new Semaphore(AT_A_TIME);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> begun = new ArrayList<>();
            for (int i = 0; i < turns; i++) {
                begun.add(CompletableFuture.runAsync(
                        () -> {
                            places.acquireUninterruptibly();
                            try {
                                client.prompt(client.room("upstream"), PROMPT);
                            } finally {
                                places.release();
                            }
                        },
                        threads));
            }
            CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new)).join();
        }
    }

    /** Whether the page says so, too. */
    private static boolean runAll(Browser browser, int turns) {
        String shown = browser.one("#running").getText().replaceAll("[^0-9]", "");
        System.out.println("(the page says that " + shown + " answers are being written)");
        return shown.equals(Integer.toString(turns));
    }

    /** Milliseconds. */
    private static List<Double> watch(Browser browser, int seconds) {
        return ((List<?>) browser.asyncScript(WATCH, seconds))
                .stream().map(it -> Double.parseDouble(String.valueOf(it))).toList();
    }

    private static void report(int turns, List<Double> watched) {
        List<Double> gaps = watched.subList(1, watched.size()).stream().sorted().toList();
        long slow = gaps.stream().filter(it -> it > 50).count();
        System.out.printf(
                "%5d | %.1f / %.1f / %.1f | %d of %d | %.0f ms%n",
                turns,
                gaps.get(gaps.size() / 2),
                gaps.get(gaps.size() * 99 / 100),
                gaps.getLast(),
                slow,
                gaps.size(),
                watched.getFirst());
    }
}
