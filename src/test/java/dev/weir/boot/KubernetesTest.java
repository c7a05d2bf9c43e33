package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What deploy/kubernetes says of the product is so. */
class KubernetesTest {

    private static final Pattern KEY = Pattern.compile("`(weir\\.[a-z][a-z0-9.-]*[a-z0-9])`");

    private final List<Map<String, Object>> objects = objects();

    private static List<Map<String, Object>> objects() {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object one : new Yaml().loadAll(read(Path.of("deploy/kubernetes/weir.yaml")))) {
            objects.add(map(one));
        }
        return objects;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // YAML's objects are maps by text
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    /** What stands at this path, as {@code spec/template}; numbers are places in lists. */
    private static Object at(Object from, String path) {
        Object now = from;
        for (String step : path.split("/", -1)) {
            Object next = now instanceof List<?> many ? many.get(Integer.parseInt(step)) : map(now).get(step);
            now = Objects.requireNonNull(next, path);
        }
        return now;
    }

    private Map<String, Object> object(String kind, String name) {
        return objects.stream()
                .filter(it ->
                        at(it, "kind").equals(kind) && at(it, "metadata/name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> container() {
        return map(at(object("StatefulSet", "weir"), "spec/template/spec/containers/0"));
    }

    private Properties settings() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader((String) at(object("ConfigMap", "weir"), "data/weir.properties")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    private static Set<String> documented() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            pages.filter(it -> it.toString().endsWith(".md"))
                    .forEach(it -> KEY.matcher(read(it)).results().forEach(found -> keys.add(found.group(1))));
        }
        return keys;
    }

    private static String variable(String key) {
        return key.replaceAll("[^a-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void every_setting_that_it_names_exists() throws IOException {
        Set<String> keys = documented();
        Set<String> variables = keys.stream().map(KubernetesTest::variable).collect(Collectors.toSet());

        assertThat(settings().stringPropertyNames()).isNotEmpty().isSubsetOf(keys);
        assertThat(list(at(container(), "env")).stream().map(it -> at(it, "name")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(variables).contains((String) it));
    }

    @Test
    void nodes_look_for_each_other_at_the_headless_service_and_at_the_port_they_listen_on() {
        String service = settings().getProperty("weir.cluster.kubernetes.service-dns");

        assertThat(at(object("Service", service), "spec/clusterIP")).isEqualTo("None");
        assertThat(at(object("Service", service), "spec/publishNotReadyAddresses"))
                .isEqualTo(true);
        assertThat(at(object("StatefulSet", "weir"), "spec/serviceName")).isEqualTo(service);
        assertThat(at(container(), "ports/1/containerPort").toString())
                .isEqualTo(settings().getProperty("weir.cluster.port"));
    }

    @Test
    void every_selector_finds_the_pods_and_every_volume_is_there() {
        Object pods = at(object("StatefulSet", "weir"), "spec/template/metadata/labels");

        assertThat(at(object("Service", "weir"), "spec/selector")).isEqualTo(pods);
        assertThat(at(object("Service", "weir-nodes"), "spec/selector")).isEqualTo(pods);
        assertThat(at(object("StatefulSet", "weir"), "spec/selector/matchLabels"))
                .isEqualTo(pods);
        assertThat(at(object("PodDisruptionBudget", "weir"), "spec/selector/matchLabels"))
                .isEqualTo(pods);
        assertThat(at(object("NetworkPolicy", "weir"), "spec/podSelector/matchLabels"))
                .isEqualTo(pods);
        assertThat(names(at(container(), "volumeMounts")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                "spec/template/spec/volumes", "spec/volumeClaimTemplates")
                        .flatMap(it -> names(at(object("StatefulSet", "weir"), it)).stream())
                        .toList());
    }

    private static List<String> names(Object many) {
        return list(many).stream()
                .map(it -> (String) at(it, map(it).containsKey("name") ? "name" : "metadata/name"))
                .toList();
    }

    @Test
    void a_pod_has_the_time_to_stop_that_the_product_takes() {
        int grace = (int) at(object("StatefulSet", "weir"), "spec/template/spec/terminationGracePeriodSeconds");
        int pause = Integer.parseInt((String) at(container(), "lifecycle/preStop/exec/command/1"));

        assertThat(grace).isGreaterThanOrEqualTo(pause + 3 * 8 + 10);
    }
}
