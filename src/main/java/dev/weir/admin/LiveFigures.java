package dev.weir.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import dev.weir.room.Connections;
import dev.weir.turn.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What the overview shows, as JSON that assets/console/live.js reads: turns in progress, the latest two minutes, open
 * connections, failures. Ids, names and figures; never text. Thread-safe.
 */
@ApplicationScoped
public class LiveFigures {

    /** How far back the charts go. */
    static final int SECONDS = 120;

    /** The turns that are listed; all are counted. */
    static final int LISTED = 50;

    private final Activity activity;
    private final Connections connections;
    private final TurnNews news;
    private final ModelCatalogue models;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected LiveFigures() {
        this(null, null, null, null);
    }

    @Inject
    LiveFigures(Activity activity, Connections connections, TurnNews news, ModelCatalogue models) {
        this.activity = activity;
        this.connections = connections;
        this.news = news;
        this.models = models;
    }

    /** May stand in a page's script element: {@code <} is escaped. */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.now().toEpochMilli());
        putTurns(json);
        putSeconds(json.putObject("seconds"));
        putConnections(json);
        putFailures(json.putArray("failures"));
        return json.toString().replace("<", "\\u003c");
    }

    private void putTurns(ObjectNode json) {
        List<Activity.Live> live = activity.live();
        json.put("running", live.size());
        ArrayNode turns = json.putArray("turns");
        live.stream()
                .sorted(Comparator.comparing(Activity.Live::startedAt).reversed())
                .limit(LISTED)
                .forEach(it -> put(turns.addObject(), it));
    }

    private void put(ObjectNode json, Activity.Live turn) {
        json.put("room", turn.room());
        json.put("turn", turn.turn());
        json.put("branch", turn.branch());
        json.put("who", turn.requestedBy().name());
        json.put("model", label(turn.model()));
        json.put("state", turn.state().name().toLowerCase(java.util.Locale.ROOT));
        json.put("since", turn.startedAt().toEpochMilli());
        json.put("deltas", turn.deltas());
        json.put("tokens", turn.outputTokens());
    }

    private String label(String model) {
        return models.model(model)
                .map(StreamingModel::spec)
                .map(ModelSpec::label)
                .orElse(model);
    }

    private void putSeconds(ObjectNode json) {
        List<Activity.Second> seconds = activity.lastSeconds(SECONDS);
        ArrayNode deltas = json.putArray("deltas");
        ArrayNode tokens = json.putArray("tokens");
        ArrayNode first = json.putArray("first");
        ArrayNode longest = json.putArray("longest");
        for (Activity.Second second : seconds) {
            deltas.add(second.deltas());
            tokens.add(second.outputTokens());
            if (second.firstDeltas() == 0) {
                first.addNull();
                longest.addNull();
            } else {
                first.add(second.firstDeltaP50Millis());
                longest.add(second.firstDeltaMaxMillis());
            }
        }
    }

    private void putConnections(ObjectNode json) {
        ArrayNode list = json.putArray("connections");
        for (Connections.Totals totals : connections.totals()) {
            list.addObject()
                    .put("transport", totals.transport())
                    .put("open", totals.open())
                    .put("resumes", totals.resumes())
                    .put("dropped", totals.dropped());
        }
    }

    private void putFailures(ArrayNode list) {
        for (TurnNews.Failure failure : news.failures()) {
            list.addObject()
                    .put("at", failure.at().toEpochMilli())
                    .put("room", failure.branch().room())
                    .put("turn", failure.branch().turn())
                    .put("who", failure.branch().requestedBy().name())
                    .put("model", failure.branch().model().label())
                    .put("reason", failure.reason());
        }
    }
}
