package dev.weir;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Holds the directions of the design: who may use whom, and who may know which library. */
@AnalyzeClasses(packages = "dev.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.weir.";

    /** Each package of the core and what it may use besides itself. */
    private static final Map<String, List<String>> CORE = Map.ofEntries(
            entry("event", List.of()),
            entry("figure", List.of()),
            entry("log", List.of("event", "figure")),
            entry("pipeline", List.of("event")),
            entry("audit", List.of("event", "pipeline")),
            entry("budget", List.of("event")),
            entry("routing", List.of("event")),
            entry("model", List.of("event")),
            entry("identity", List.of("event", "audit")),
            entry("turn", List.of("event", "figure", "log", "pipeline", "audit", "budget", "routing", "model")),
            // Rooms are of members, so the door of the core knows callers.
            entry(
                    "room",
                    List.of(
                            "event",
                            "figure",
                            "log",
                            "pipeline",
                            "audit",
                            "budget",
                            "routing",
                            "model",
                            "turn",
                            "identity")));

    private static final List<String> ADAPTERS =
            List.of("cluster", "relay", "store", "transport", "api", "mcp", "admin", "telemetry", "gate");

    private static final Set<String> NAMES_THAT_SAY_NOTHING =
            Set.of("util", "utils", "common", "impl", "dto", "manager", "helper", "helpers", "misc");

    @ArchTest
    static void each_package_of_the_core_uses_only_what_it_may(JavaClasses classes) {
        CORE.forEach((name, allowed) -> noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.weir..").and(not(resideInAnyPackage(packages(name, allowed)))))
                .allowEmptyShould(true)
                .as("%s uses only %s".formatted(name, allowed))
                .check(classes));
    }

    @ArchTest
    static void adapters_never_use_each_other(JavaClasses classes) {
        for (String adapter : ADAPTERS) {
            List<String> others =
                    ADAPTERS.stream().filter(it -> !it.equals(adapter)).toList();
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + adapter + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(packages("boot", others)))
                    .allowEmptyShould(true)
                    .as("%s uses no other adapter".formatted(adapter))
                    .check(classes);
        }
    }

    @ArchTest
    static void nobody_uses_boot(JavaClasses classes) {
        noClasses()
                .that(not(resideInAPackage("dev.weir.boot..")))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.weir.boot.."))
                .check(classes);
    }

    @ArchTest
    static void the_core_knows_no_server_no_cluster_and_no_database(JavaClasses classes) {
        noClasses()
                .that(resideInAnyPackage(
                        CORE.keySet().stream().map(it -> ROOT + it + "..").toArray(String[]::new)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.servlet..",
                        "jakarta.ws.rs..",
                        "jakarta.faces..",
                        "jakarta.websocket..",
                        "jakarta.security..",
                        "org.atmosphere..",
                        "com.hazelcast..",
                        "org.jdbi..",
                        "java.sql..",
                        "javax.sql..",
                        "org.flywaydb..",
                        "com.zaxxer.."))
                .check(classes);
    }

    @ArchTest
    static void events_know_nothing_but_the_jdk(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("dev.weir.event..")
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage("java..", "dev.weir.event..", "org.jspecify.annotations..")))
                .check(classes);
    }

    @ArchTest
    static void each_library_has_one_home(JavaClasses classes) {
        onlyIn(classes, "dev.weir.cluster..", "com.hazelcast..");
        onlyIn(classes, "dev.weir.model..", "dev.langchain4j..");
        onlyIn(
                classes,
                "dev.weir.store..",
                "org.jdbi..",
                "org.flywaydb..",
                "com.zaxxer..",
                "org.h2..",
                "org.postgresql..");
        onlyIn(classes, "dev.weir.transport..", "org.atmosphere..");
        onlyIn(classes, "dev.weir.admin..", "jakarta.faces..", "org.primefaces..");
    }

    private static void onlyIn(JavaClasses classes, String home, String... library) {
        noClasses()
                .that(not(resideInAPackage(home)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .as("only %s touches %s".formatted(home, List.of(library)))
                .check(classes);
    }

    @ArchTest
    static void every_package_is_in_the_design(JavaClasses classes) {
        Set<String> known = Stream.of(CORE.keySet().stream(), ADAPTERS.stream(), Stream.of("boot"))
                .flatMap(it -> it)
                .collect(Collectors.toSet());
        assertThat(packagesOf(classes).keySet().stream()
                        .map(it -> it.substring(ROOT.length()).split("\\.")[0]))
                .allSatisfy(it -> assertThat(known).contains(it));
    }

    @ArchTest
    static void every_package_has_a_name_that_says_its_job(JavaClasses classes) {
        assertThat(packagesOf(classes).keySet())
                .allSatisfy(it -> assertThat(it.split("\\.")).doesNotContainAnyElementsOf(NAMES_THAT_SAY_NOTHING));
    }

    @ArchTest
    static void every_package_is_null_marked(JavaClasses classes) {
        Set<String> unmarked = new TreeSet<>();
        packagesOf(classes).forEach((name, javaPackage) -> {
            if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(name);
            }
        });
        assertThat(unmarked).isEmpty();
    }

    private static Map<String, JavaPackage> packagesOf(JavaClasses classes) {
        Map<String, JavaPackage> packages = new TreeMap<>();
        for (JavaClass it : classes) {
            packages.put(it.getPackageName(), it.getPackage());
        }
        return packages;
    }

    private static String[] packages(String first, List<String> others) {
        List<String> all = new ArrayList<>(List.of(ROOT + first + ".."));
        others.forEach(it -> all.add(ROOT + it + ".."));
        return all.toArray(String[]::new);
    }
}
