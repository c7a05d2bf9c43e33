package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.DoubleStream;

/** What Prometheus gets from a running server, which asks nobody who they are. */
final class Scrape {

    private final WeirClient anonymous;

    Scrape(WeirServer server) {
        anonymous = WeirClient.anonymous(server);
    }

    String text() {
        HttpResponse<String> response = anonymous.get("/metrics?scope=application");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** The sum of all samples of this name whose labels contain this. */
    double sum(String name, String label) {
        return samples(name, label).sum();
    }

    /** Whether there is any such sample. */
    boolean has(String name, String label) {
        return samples(name, label).findAny().isPresent();
    }

    private DoubleStream samples(String name, String label) {
        return text().lines()
                .filter(it -> it.startsWith(name + "{") && it.contains(label))
                .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)));
    }
}
