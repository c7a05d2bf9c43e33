package dev.weir.admin;

import dev.weir.room.Oversight;
import dev.weir.room.consumption.ConsumptionWatch;
import dev.weir.room.consumption.Picture;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is used now. What it shows comes from {@link ConsumptionFigures}, first in the page and then by
 * {@link ConsumptionPush}.
 */
@Named
@RequestScoped
public class ConsumptionView {

    @Inject
    Oversight oversight;

    @Inject
    ConsoleCaller me;

    @Inject
    ConsumptionWatch watch;

    @Inject
    ConsumptionFigures figures;

    @Inject
    @ManagedProperty("#{param}")
    Map<String, String> parameters;

    public String getFigures() {
        String organisation = ConsumptionPush.sees(me.user()).orElseThrow(ConsoleCaller.NotAllowed::new);
        watch.glance(organisation);
        return figures.json(organisation);
    }

    /** Who gets what is pushed. */
    public String getUser() {
        return me.user().id();
    }

    /** Whether everybody's consumption is shown, and not only that of the caller's organisation. */
    public boolean isEverybody() {
        return ConsumptionPush.sees(me.user())
                .filter(ConsumptionWatch.ALL::equals)
                .isPresent();
    }

    public boolean isStoppable() {
        return me.isAdmin() || me.isManager();
    }

    /** Stops the turn that the request names. */
    public void stop() {
        Said.doing(
                "",
                () -> oversight.stop(
                        me.user(), parameters.getOrDefault("room", ""), parameters.getOrDefault("turn", "")));
    }

    /** The first day of an export, unless another one is chosen. */
    public String getFrom() {
        return LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).toString();
    }

    public String getTo() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** As many lines as there may be series; consumption.js fills them. */
    public String getChart() {
        String lines = IntStream.rangeClosed(0, Picture.MOST_SERIES)
                .mapToObj(it -> "{\"label\":\"\",\"data\":[]}")
                .collect(Collectors.joining(","));
        return "{\"type\":\"line\",\"data\":{\"labels\":[],\"datasets\":[" + lines + "]}}";
    }
}
