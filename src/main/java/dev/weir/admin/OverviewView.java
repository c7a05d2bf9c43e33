package dev.weir.admin;

import dev.weir.room.Oversight;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;

/** What runs now. What it shows comes from {@link LiveFigures}, first in the page and then by {@link LivePush}. */
@Named
@RequestScoped
public class OverviewView {

    @Inject
    Oversight oversight;

    @Inject
    ConsoleCaller me;

    @Inject
    LiveFigures figures;

    @Inject
    @ManagedProperty("#{param}")
    Map<String, String> parameters;

    public String getFigures() {
        return figures.json();
    }

    /** Who gets what is pushed. */
    public String getUser() {
        return me.user().id();
    }

    /** Stops the turn that the request names. */
    public void stop() {
        oversight.stop(me.admin(), parameters.getOrDefault("room", ""), parameters.getOrDefault("turn", ""));
    }

    /** Deltas and tokens per second; live.js fills it. */
    public String getRates() {
        return chart("Deltas a second", "Tokens a second");
    }

    /** The median and the longest wait for a first delta in each second; live.js fills it. */
    public String getWaits() {
        return chart("Median", "Longest");
    }

    private static String chart(String first, String second) {
        return """
                {"type":"line","data":{"labels":[],"datasets":[{"label":"%s","data":[]},{"label":"%s","data":[]}]}}""".formatted(first, second);
    }
}
