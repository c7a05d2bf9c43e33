package dev.weir.api;

import dev.weir.room.Asking;
import dev.weir.room.Command;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** What is being answered in a room. */
@Path("rooms/{room}/turns/{turn}")
public class TurnsResource {

    @Inject
    Asking asking;

    @Inject
    Caller caller;

    /** Ends a turn; one that has ended, or never was, is as it should be. */
    @POST
    @Path("stop")
    public void stop(@PathParam("room") String room, @PathParam("turn") String turn) {
        asking.perform(caller.user(), room, new Command.Stop(turn));
    }
}
