package dev.weir.transport;

import dev.weir.identity.Callers;
import dev.weir.room.Commands;
import dev.weir.room.Follower;
import dev.weir.room.Followers;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atmosphere.cpr.AtmosphereServlet;

/** Atmosphere's servlet, with our one handler in it. Its settings are in {@code web.xml}. */
public class StreamServlet extends AtmosphereServlet {

    private static final long serialVersionUID = 1;

    @Inject
    transient Callers callers;

    @Inject
    transient Rooms rooms;

    @Inject
    transient Commands commands;

    @Inject
    transient Followers followers;

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        framework()
                .addAtmosphereHandler("/*", new StreamHandler(callers, rooms, new CommandReader(commands), followers));
        StreamSockets.connect(config.getServletContext(), framework());
    }

    /**
     * Follows a room over HTTP. The follower starts only here, when Atmosphere has made the request asynchronous: one that
     * has an answer at once would otherwise end it before that, and the client would wait for good.
     */
    @Override
    public void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        super.doGet(request, response);
        if (request.getAttribute(StreamHandler.FOLLOWER) instanceof Follower follower) {
            if (request.isAsyncStarted()) {
                followers.add(follower);
            } else {
                follower.close();
            }
        }
    }

    @Override
    public void destroy() {
        followers.stop();
        super.destroy();
    }
}
