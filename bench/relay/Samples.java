package relay;

import java.util.Arrays;

/** Measured nanoseconds, all of them. For one thread. */
final class Samples {

    private long[] values = new long[1024];
    private int size;
    private boolean sorted;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = nanos;
        sorted = false;
    }

    void addAll(Samples others) {
        for (int i = 0; i < others.size; i++) {
            add(others.values[i]);
        }
    }

    int size() {
        return size;
    }

    /** In milliseconds; NaN when nothing was measured. */
    double millis(double percentile) {
        if (size == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        int place = (int) Math.ceil(percentile / 100 * size) - 1;
        return values[Math.max(0, place)] / 1e6;
    }
}
