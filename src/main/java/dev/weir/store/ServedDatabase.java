package dev.weir.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.h2.tools.Server;

/**
 * The embedded database as a process of its own, for the nodes of {@code ./weir cluster}: each of them may die without the
 * others losing it. Listens on this machine only, and asks for the password in the environment variable
 * {@value #PASSWORD}.
 */
public final class ServedDatabase {

    static final String PASSWORD = "WEIR_DATABASE_PASSWORD";

    private static final String NAME = "weir";

    private ServedDatabase() {}

    /** Serves until the process is ended. The arguments are the directory, which is made, and the port. */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        String password = System.getenv(PASSWORD);
        if (arguments.length != 2 || password == null || password.isEmpty()) {
            throw new IllegalArgumentException("Needs a directory, a port, and a password in " + PASSWORD + ".");
        }
        Server server = serve(Path.of(arguments[0]), Integer.parseInt(arguments[1]), password);
        System.out.println("The database is ready at " + url(server.getPort()));
        new CountDownLatch(1).await();
    }

    /** @param port 0 for any that is free */
    static Server serve(Path directory, int port, String password) throws SQLException {
        // Read by H2 when it is used first.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        String base = directory.toAbsolutePath().normalize().toString();
        // The server makes no database for whoever asks, so it is made here.
        try (Connection made = DriverManager.getConnection("jdbc:h2:file:" + base + "/" + NAME, NAME, password)) {
            made.isValid(0);
        }
        return Server.createTcpServer("-tcpPort", Integer.toString(port), "-baseDir", base, "-ifExists")
                .start();
    }

    /** How nodes reach it. */
    static String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + NAME + DatabaseSettings.H2_OPTIONS;
    }
}
