package cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Measures, and says what it has found. {@code Bench SETTINGS}: a properties file, which the script {@code weir} writes. */
final class Bench {

    private static final int PATIENCE_SECONDS = 60;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        try (java.io.Reader file = Files.newBufferedReader(Path.of(args[0]))) {
            settings.load(file);
        }
        try (Provider provider = new Provider(number(settings, "upstream"))) {
            System.exit(run(settings, provider) ? 0 : 1);
        } catch (IOException e) {
            System.err.println("The measuring could not go on: " + e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(Properties settings, Provider provider) throws Exception {
        List<Node> nodes = List.of(node(settings, 1), node(settings, 2));
        awaitBoth(nodes);
        String cookie = nodes.get(0).signIn(settings.getProperty("password"));
        boolean quick = settings.containsKey("quick");
        if (settings.getProperty("what").equals("cluster")) {
            return new Across(nodes, cookie, provider).measure(quick ? 4 : 20, quick ? 200 : 1500);
        }
        boolean late = new Late(nodes, cookie, provider).measure(10_000, quick ? 10 : 100);
        boolean back = new Return(nodes, cookie).measure(quick ? 200 : 1000, quick ? 10 : 50);
        return late && back;
    }

    private static void awaitBoth(List<Node> nodes) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            if (nodes.get(0).sees() == 2 && nodes.get(1).sees() == 2) {
                return;
            }
            Thread.sleep(1000);
        }
        throw new IOException("the two nodes did not find each other.");
    }

    private static Node node(Properties settings, int number) {
        return new Node(number(settings, "node." + number), Long.parseLong(settings.getProperty("pid." + number)));
    }

    private static int number(Properties settings, String name) {
        return Integer.parseInt(settings.getProperty(name));
    }
}
