package dev.weir.transport;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.atmosphere.container.Servlet30CometSupport;
import org.atmosphere.cpr.AtmosphereConfig;
import org.atmosphere.cpr.AtmosphereFramework;

/** Opens the address of the streams for WebSockets, before any servlet is started: later the server takes no more. */
public class StreamSockets implements ServletContextListener {

    private static final String FRAMEWORK = "dev.weir.transport.atmosphere";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (!(context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer server)) {
            throw new IllegalStateException("This server has no WebSockets (Jakarta WebSocket), which Weir needs.");
        }
        try {
            server.addEndpoint(ServerEndpointConfig.Builder.create(StreamSocket.class, "/stream/rooms/{room}")
                    .extensions(List.copyOf(server.getInstalledExtensions()))
                    .configurator(new StreamSocket.Configurator(() -> framework(context)))
                    .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException("The address of the streams could not be opened for WebSockets.", e);
        }
    }

    /** To be called once, when Atmosphere has been started. */
    static void connect(ServletContext context, AtmosphereFramework framework) {
        context.setAttribute(FRAMEWORK, framework);
    }

    private static AtmosphereFramework framework(ServletContext context) {
        if (context.getAttribute(FRAMEWORK) instanceof AtmosphereFramework framework) {
            return framework;
        }
        throw new IllegalStateException("Atmosphere is not started.");
    }

    /** What Atmosphere needs to know of this server; made by Atmosphere, named in {@code web.xml}. */
    public static final class Support extends Servlet30CometSupport {

        public Support(AtmosphereConfig config) {
            super(config);
        }

        @Override
        public boolean supportWebSocket() {
            return true;
        }
    }
}
