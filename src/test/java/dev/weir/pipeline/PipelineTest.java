package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Event.Declared;
import dev.weir.event.Event.Verdict;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {

    /** Marks what passes with its own name. */
    private static class Marking implements StreamInterceptor {
        private final String name;

        Marking(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Stage open(BranchContext branch, Stage next) {
            return new Stage() {
                @Override
                public void delta(String text) {
                    next.delta(text + name);
                }

                @Override
                public void end() {
                    next.delta("." + name);
                    next.end();
                }
            };
        }
    }

    @Priority(3000)
    private static final class Late extends Marking {
        Late() {
            super("a");
        }
    }

    @Priority(10)
    private static final class Early extends Marking {
        Early() {
            super("z");
        }
    }

    private static final class Somewhere extends Marking {
        Somewhere(String name) {
            super(name);
        }
    }

    private static Pipeline pipeline(Map<String, String> settings, StreamInterceptor... interceptors) {
        return new Pipeline(List.of(interceptors), key -> Optional.ofNullable(settings.get(key)));
    }

    private static String through(Pipeline pipeline) {
        FakeBranch branch = new FakeBranch();
        Chain first = pipeline.open(branch, branch);
        first.delta("-");
        first.end();
        return branch.text.toString();
    }

    @Test
    void runs_beans_in_the_order_of_their_priority_then_of_their_names() {
        Pipeline pipeline = new Pipeline(
                beans(new Late(), new Somewhere("m"), new Somewhere("k"), new Early()),
                proxy(Config.class, method -> Optional.empty()),
                Policies.NONE);

        assertThat(pipeline.declared()).extracting(Declared::name).containsExactly("z", "k", "m", "a");
        assertThat(through(pipeline)).isEqualTo("-zkma.zkma.kma.ma.a");
    }

    @Test
    void declares_and_opens_what_is_not_off() {
        Pipeline pipeline = pipeline(
                Map.of("weir.interceptors.x.mode", "off", "weir.interceptors.y.mode", "Report"),
                new Marking("w"),
                new Marking("x"),
                new Marking("y"));

        assertThat(pipeline.declared()).containsExactly(new Declared("w", "enforce"), new Declared("y", "report"));
        assertThat(through(pipeline)).isEqualTo("-wy.wy.y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", "disabled", "0", "offf", "false"})
    void takes_a_word_that_is_no_mode_for_enforce(String word) {
        Pipeline pipeline = pipeline(Map.of("weir.interceptors.w.mode", word), new Marking("w"));

        assertThat(pipeline.declared()).containsExactly(new Declared("w", "enforce"));
    }

    @Test
    void reads_settings_of_an_interceptor_by_its_name() {
        FakeBranch branch = new FakeBranch();
        StringBuilder read = new StringBuilder();
        pipeline(Map.of("weir.interceptors.w.level", "7"), new Marking("w") {
                    @Override
                    public Stage open(BranchContext context, Stage next) {
                        read.append(context.setting("level", "1")).append(context.setting("other", "2"));
                        return next;
                    }
                })
                .open(branch, branch);

        assertThat(read).hasToString("72");
    }

    @Test
    void fails_closed_whatever_keeps_an_interceptor_from_opening() {
        for (Throwable cause : List.of(
                new IllegalStateException("no rules"), new NoClassDefFoundError("a/b/C"), new StackOverflowError())) {
            Pipeline pipeline = pipeline(Map.of(), new Marking("fine"), new Marking("broken") {
                @Override
                public Stage open(BranchContext branch, Stage next) {
                    throw PipelineTest.<RuntimeException>unchecked(cause);
                }
            });
            FakeBranch branch = new FakeBranch();

            assertThatThrownBy(() -> pipeline.open(branch, branch))
                    .isInstanceOfSatisfying(
                            InterceptorFailure.class,
                            it -> assertThat(it.interceptor()).isEqualTo("broken"))
                    .hasCause(cause);
        }
    }

    @Test
    void a_length_that_is_no_number_fails_closed() {
        FakeBranch branch = new FakeBranch();
        Pipeline pipeline = pipeline(Map.of("weir.interceptors.length.max-characters", "many"), new LengthGuard());

        assertThatThrownBy(() -> pipeline.open(branch, branch)).isInstanceOf(InterceptorFailure.class);
    }

    @Test
    void lets_a_stage_in_report_mode_block_nothing() {
        FakeBranch branch = new FakeBranch();
        pipeline(Map.of("weir.interceptors.w.mode", "report"), new Marking("w") {
                    @Override
                    public Stage open(BranchContext context, Stage next) {
                        context.block("rule", "no");
                        context.verdict(Verdict.Decision.REDACTED, "other");
                        return next;
                    }
                })
                .open(branch, branch);

        assertThat(branch.blocks).isEmpty();
        assertThat(branch.verdicts).containsExactly("w blocked rule", "w redacted other");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException unchecked(Throwable cause) throws T {
        throw (T) cause;
    }

    @SuppressWarnings("unchecked")
    private static Instance<StreamInterceptor> beans(StreamInterceptor... interceptors) {
        return proxy(Instance.class, ignored -> Stream.of(interceptors).map(PipelineTest::handle));
    }

    private static Instance.Handle<?> handle(StreamInterceptor interceptor) {
        Bean<?> bean = proxy(Bean.class, ignored -> interceptor.getClass());
        return proxy(Instance.Handle.class, method -> method.equals("getBean") ? bean : interceptor);
    }

    private static <T> T proxy(Class<T> type, Function<String, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.apply(method.getName())));
    }
}
