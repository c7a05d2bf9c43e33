package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Standing;
import dev.weir.identity.User;
import dev.weir.room.BudgetDesk;
import dev.weir.room.Refusal;
import dev.weir.room.SimulationDesk;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Budgets and how they stand, for administrators, and for managers those of their organisation; auditors may read. */
@Path("budgets")
@Produces(MediaType.APPLICATION_JSON)
public class BudgetsResource {

    @Inject
    BudgetDesk desk;

    @Inject
    SimulationDesk simulations;

    @Inject
    Caller caller;

    @Inject
    Creation creation;

    /** All that may be seen; as a table for who accepts CSV alone or says {@code as=csv}. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, Csv.TYPE + ";qs=0.5"})
    public Response list(@Context HttpHeaders headers, @QueryParam("as") @Nullable String as) {
        List<Standing> budgets = desk.budgets(caller.user());
        if (Csv.isWanted(as, headers)) {
            return BudgetTable.of(budgets).download("weir-budgets.csv");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("budgets");
        budgets.forEach(it -> list.add(BudgetJson.object(it)));
        return Response.ok(json.toString(), MediaType.APPLICATION_JSON).build();
    }

    /** What the caller has used, unless {@code totals=false}, and how the budgets stand in which that counts. */
    @GET
    @Path("own")
    public String own(@QueryParam("room") @Nullable String room, @QueryParam("totals") @Nullable String totals) {
        User user = caller.user();
        ObjectNode json = OwnJson.object(desk.own(user, room == null ? "" : room));
        if (!"false".equals(totals)) {
            ZoneId zone = desk.timeZone(user.organisation());
            LocalDate today = LocalDate.now(zone);
            json.put("time-zone", zone.getId());
            json.set("today", OwnJson.totals(desk.ownUsage(user, today, today)));
            json.set("month", OwnJson.totals(desk.ownUsage(user, today.withDayOfMonth(1), today)));
        }
        return json.toString();
    }

    /** What would have been, had budgets held; changes nothing. */
    @POST
    @Path("simulation")
    @Consumes(MediaType.APPLICATION_JSON)
    public String simulate(InputStream in) {
        User user = caller.user();
        desk.checkMayRead(user);
        return SimulationJson.object(simulations.simulate(user, SimulationJson.wanted(Body.read(in))))
                .toString();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream in) {
        User user = caller.user();
        desk.checkMayChange(user);
        Body body = Body.read(in);
        var draft = BudgetJson.draft(body);
        return creation.perform(body, () -> {
            Standing created = desk.create(user, draft);
            return new Creation.Created(201, "budgets/" + created.budget().id(), BudgetJson.object(created));
        });
    }

    @GET
    @Path("{budget}")
    public Response budget(@PathParam("budget") String id) {
        return shown(desk.budget(caller.user(), id));
    }

    @PATCH
    @Path("{budget}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(
            @PathParam("budget") String id, InputStream in, @HeaderParam("If-Match") @Nullable String ifMatch) {
        User user = caller.user();
        desk.checkMayChange(user);
        Standing before = desk.budget(user, id);
        var change = BudgetJson.change(Body.read(in), before.budget().unit());
        return shown(desk.change(user, id, change, version(ifMatch)));
    }

    private static Response shown(Standing standing) {
        return Response.ok(BudgetJson.object(standing).toString())
                .tag(Long.toString(standing.budget().version()))
                .build();
    }

    /** The version from which a change was made; empty when it replaces whatever there is. */
    private static Optional<Long> version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        String tag = ifMatch.strip().replace("\"", "");
        if (!tag.matches("\\d{1,18}")) {
            throw new Refusal(Refusal.Code.INVALID, "If-Match is the ETag of the budget, or left out.");
        }
        return Optional.of(Long.valueOf(tag));
    }

    @DELETE
    @Path("{budget}")
    public void delete(@PathParam("budget") String id) {
        desk.delete(caller.user(), id);
    }
}
