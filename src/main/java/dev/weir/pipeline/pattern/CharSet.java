package dev.weir.pipeline.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntPredicate;

/** A set of code points, as ranges in their order that don't touch. Immutable. */
public final class CharSet {

    static final CharSet DIGITS = of('0', '9');
    static final CharSet SPACES = of('\t', '\n').or(of('\f', '\r')).or(of(' ', ' '));
    static final CharSet WORD = of('a', 'z').or(of('A', 'Z')).or(DIGITS).or(of('_', '_'));
    public static final CharSet ANY = of(0, Character.MAX_CODE_POINT);

    /** First and last of each range in turn. */
    private final int[] ranges;

    private final long low;
    private final long high;

    private CharSet(int[] ranges) {
        this.ranges = ranges;
        this.low = bits(0);
        this.high = bits(64);
    }

    public static CharSet of(int first, int last) {
        return new CharSet(new int[] {first, last});
    }

    private long bits(int from) {
        long bits = 0;
        for (int i = 0; i < 64; i++) {
            bits |= search(from + i) ? 1L << i : 0;
        }
        return bits;
    }

    public boolean has(int c) {
        return c < 64 ? c >= 0 && (low >>> c & 1) == 1 : c < 128 ? (high >>> c & 1) == 1 : search(c);
    }

    private boolean search(int c) {
        int from = 0;
        int to = ranges.length / 2;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (c > ranges[2 * middle + 1]) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return 2 * from < ranges.length && c >= ranges[2 * from];
    }

    /** True when it has something that is not ASCII. */
    public boolean goesBeyondAscii() {
        return ranges.length > 0 && ranges[ranges.length - 1] >= 128;
    }

    public CharSet or(CharSet other) {
        List<int[]> all = new ArrayList<>();
        addTo(all);
        other.addTo(all);
        all.sort((a, b) -> Integer.compare(a[0], b[0]));
        List<Integer> joined = new ArrayList<>();
        for (int[] range : all) {
            int last = joined.size() - 1;
            if (last > 0 && range[0] <= joined.get(last) + 1) {
                joined.set(last, Math.max(joined.get(last), range[1]));
            } else {
                joined.add(range[0]);
                joined.add(range[1]);
            }
        }
        return of(joined);
    }

    private void addTo(List<int[]> all) {
        for (int i = 0; i < ranges.length; i += 2) {
            all.add(new int[] {ranges[i], ranges[i + 1]});
        }
    }

    public CharSet not() {
        List<Integer> others = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            if (ranges[i] > next) {
                others.add(next);
                others.add(ranges[i] - 1);
            }
            next = ranges[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            others.add(next);
            others.add(Character.MAX_CODE_POINT);
        }
        return of(others);
    }

    private static CharSet of(List<Integer> ranges) {
        return new CharSet(ranges.stream().mapToInt(it -> it).toArray());
    }

    /** With the other case of each, for those sets that are small enough to be about letters of one alphabet. */
    CharSet inAnyCase() {
        CharSet all = this;
        for (int i = 0; i < ranges.length; i += 2) {
            for (int c = ranges[i]; c <= Math.min(ranges[i + 1], ranges[i] + 1000); c++) {
                int lower = Character.toLowerCase(c);
                int upper = Character.toUpperCase(c);
                all = all.has(lower) ? all : all.or(of(lower, lower));
                all = all.has(upper) ? all : all.or(of(upper, upper));
            }
        }
        return all;
    }

    /** All from this one character to that one; empty when either is none, or they come the other way round. */
    Optional<CharSet> through(CharSet last) {
        boolean ones = ranges.length == 2
                && ranges[0] == ranges[1]
                && last.ranges.length == 2
                && last.ranges[0] == last.ranges[1];
        return ones && ranges[0] <= last.ranges[0] ? Optional.of(of(ranges[0], last.ranges[0])) : Optional.empty();
    }

    static CharSet empty() {
        return new CharSet(new int[0]);
    }

    /** All code points of some general categories: {@code L}, {@code Lu}, {@code N}… */
    static CharSet category(String name) {
        return KNOWN.computeIfAbsent(name, CharSet::collected);
    }

    /** All code points of which this holds. Tries each of them, so it takes a while. */
    public static CharSet matching(IntPredicate which) {
        List<Integer> found = new ArrayList<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (which.test(c)) {
                int last = found.size() - 1;
                if (last > 0 && found.get(last) == c - 1) {
                    found.set(last, c);
                } else {
                    found.add(c);
                    found.add(c);
                }
            }
        }
        return of(found);
    }

    private static CharSet collected(String name) {
        List<Integer> types = CATEGORIES.stream()
                .filter(it -> it.name().startsWith(name))
                .map(Category::type)
                .toList();
        if (types.isEmpty()) {
            throw new IllegalArgumentException(
                    "\\p{%s} is not known; L, Lu, Ll, N, Nd, P, S and Z are.".formatted(name));
        }
        return matching(it -> types.contains(Character.getType(it)));
    }

    /** Categories that were asked for; there are a few dozen. */
    private static final ConcurrentMap<String, CharSet> KNOWN = new ConcurrentHashMap<>();

    private record Category(String name, int type) {}

    private static final List<Category> CATEGORIES = List.of(
            new Category("Lu", Character.UPPERCASE_LETTER),
            new Category("Ll", Character.LOWERCASE_LETTER),
            new Category("Lt", Character.TITLECASE_LETTER),
            new Category("Lm", Character.MODIFIER_LETTER),
            new Category("Lo", Character.OTHER_LETTER),
            new Category("Nd", Character.DECIMAL_DIGIT_NUMBER),
            new Category("Nl", Character.LETTER_NUMBER),
            new Category("No", Character.OTHER_NUMBER),
            new Category("Pc", Character.CONNECTOR_PUNCTUATION),
            new Category("Pd", Character.DASH_PUNCTUATION),
            new Category("Ps", Character.START_PUNCTUATION),
            new Category("Pe", Character.END_PUNCTUATION),
            new Category("Pi", Character.INITIAL_QUOTE_PUNCTUATION),
            new Category("Pf", Character.FINAL_QUOTE_PUNCTUATION),
            new Category("Po", Character.OTHER_PUNCTUATION),
            new Category("Sm", Character.MATH_SYMBOL),
            new Category("Sc", Character.CURRENCY_SYMBOL),
            new Category("Sk", Character.MODIFIER_SYMBOL),
            new Category("So", Character.OTHER_SYMBOL),
            new Category("Zs", Character.SPACE_SEPARATOR),
            new Category("Zl", Character.LINE_SEPARATOR),
            new Category("Zp", Character.PARAGRAPH_SEPARATOR));

    @Override
    public String toString() {
        return Arrays.toString(ranges);
    }
}
