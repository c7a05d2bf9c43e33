package dev.weir.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What was built. */
public final class Build {

    private Build() {}

    /** The version of this build, as {@code pom.xml} says; "unknown" when the build has left none. */
    public static String version() {
        Properties build = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return build.getProperty("version", "unknown");
    }
}
