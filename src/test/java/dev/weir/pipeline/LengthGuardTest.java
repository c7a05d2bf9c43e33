package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.redact.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LengthGuardTest {

    private static FakeBranch run(FakeBranch branch, String mode, int most, List<String> deltas) {
        var settings = Map.of(
                "weir.interceptors.length.mode", mode, "weir.interceptors.length.max-characters", " " + most + " ");
        Chain guard = new Pipeline(List.of(new LengthGuard()), key -> Optional.ofNullable(settings.get(key)))
                .open(branch, branch);
        return branch.run(guard, deltas);
    }

    @Property
    void lets_through_exactly_what_is_allowed_for_every_split(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 3) Integer> letters,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 5) Integer> lengths,
            @ForAll @IntRange(min = 0, max = 40) int most,
            @ForAll @StringLength(max = 10) String before) {
        StringBuilder built = new StringBuilder();
        letters.forEach(it ->
                built.append(List.of("a", "é", "\ud83d\ude00", "\ud834\udd1e").get(it)));
        String text = built.toString();
        int left = Math.max(0, most - before.length());

        FakeBranch branch = run(new FakeBranch(before), "enforce", most, Splits.of(text, lengths));

        if (text.length() <= left) {
            assertThat(branch.text).hasToString(text);
            assertThat(branch.blocks).isEmpty();
            assertThat(branch.ends).isEqualTo(1);
        } else {
            boolean inPair = left > 0 && Character.isHighSurrogate(text.charAt(left - 1));
            assertThat(branch.text).hasToString(text.substring(0, inPair ? left - 1 : left));
            assertThat(branch.blocks).hasSize(1);
            assertThat(branch.afterBlock).isEmpty();
            assertThat(branch.ends)
                    .as("what comes after it was told that the text ends")
                    .isEqualTo(1);
        }
    }

    @Property
    void only_reports_when_it_may_not_act(
            @ForAll @StringLength(min = 1, max = 40) String text,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 5) Integer> lengths,
            @ForAll @IntRange(min = 0, max = 40) int most) {
        FakeBranch branch = run(new FakeBranch(), "report", most, Splits.of(text, lengths));

        assertThat(branch.text).hasToString(text);
        assertThat(branch.blocks).isEmpty();
        assertThat(branch.verdicts).hasSize(text.length() > most ? 1 : 0);
        assertThat(branch.ends).isEqualTo(1);
    }

    private static final String SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    /** The guard before redaction, which holds the open word because it may become an address. */
    private static FakeBranch cutBeforeRedaction(int most, List<String> deltas) {
        Map<String, String> settings = Map.of(
                "weir.interceptors.length.max-characters", Integer.toString(most),
                "weir.interceptors.redact.email", "label",
                "weir.interceptors.redact.token", "block");
        FakeBranch branch = new FakeBranch();
        Chain chain = new Pipeline(
                        List.of(new LengthGuard(), new Redaction(() -> new byte[32])),
                        key -> Optional.ofNullable(settings.get(key)))
                .open(branch, branch);
        return branch.run(chain, deltas);
    }

    @Property
    void what_a_later_guard_holds_is_decided_about_and_shown_before_the_cut(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> lengths,
            @ForAll @IntRange(min = 0, max = 40) int most) {
        String text = "Good morning ada.lovelace, how are you today?";

        FakeBranch branch = cutBeforeRedaction(most, Splits.of(text, lengths));

        assertThat(branch.text).hasToString(text.substring(0, most));
        assertThat(branch.verdicts).containsExactly("length blocked max-characters");
        assertThat(branch.ends).isEqualTo(1);
    }

    @Property
    void what_a_later_guard_removes_stays_removed_at_the_cut(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> lengths,
            @ForAll @IntRange(min = 20, max = 25) int most) {
        FakeBranch branch = cutBeforeRedaction(most, Splits.of("Mail a.b@example.org now, please", lengths));

        assertThat(branch.text.toString()).startsWith("Mail [email]").doesNotContain("@");
    }

    @Property
    void decides_nothing_when_a_later_guard_has_blocked_in_the_same_delta(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 50) Integer> lengths,
            @ForAll @IntRange(min = 44, max = 48) int most) {
        for (List<Integer> cuts : List.of(lengths, List.of(100))) {
            FakeBranch branch = cutBeforeRedaction(most, Splits.of("Key " + SECRET + " and more of it", cuts));

            assertThat(branch.verdicts).containsExactly("redact blocked github-token");
            assertThat(branch.blocks).hasSize(1);
            assertThat(branch.ends).isZero();
        }
    }

    @Test
    void says_what_happened() {
        FakeBranch branch = run(new FakeBranch(), "enforce", 2000, List.of("x".repeat(5000)));

        assertThat(branch.verdicts).containsExactly("length blocked max-characters");
        assertThat(branch.blocks)
                .containsExactly("length max-characters: The answer was cut at 2,000 characters, the most that is"
                        + " allowed here.");
    }

    @Test
    void gives_back_half_a_character_at_the_end() {
        assertThat(run(new FakeBranch(), "enforce", 10, List.of("a\ud83d")).text)
                .hasToString("a\ud83d");
    }
}
