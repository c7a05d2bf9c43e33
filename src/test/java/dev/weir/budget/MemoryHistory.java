package dev.weir.budget;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports about bills in memory, with days in UTC. */
public final class MemoryHistory implements UsageHistory {

    private final MemoryBudgets store;

    public MemoryHistory(MemoryBudgets store) {
        this.store = store;
    }

    private static Totals total(List<Bill> bills) {
        Totals total = Totals.ZERO;
        for (Bill bill : bills) {
            total = total.plus(bill.usage());
        }
        return total;
    }

    private static LocalDate day(Bill bill) {
        return LocalDate.ofInstant(bill.at(), ZoneOffset.UTC);
    }

    private List<Bill> bills(LocalDate from, LocalDate to, Reach of) {
        return store.bills().stream()
                .filter(it -> of.covers(it.payer()))
                .filter(it -> !day(it).isBefore(from) && !day(it).isAfter(to))
                .toList();
    }

    private static String key(UsageBy by, Bill bill) {
        Payer payer = bill.payer();
        return switch (by) {
            case DAY -> day(bill).toString();
            case ORGANISATION -> payer.organisation();
            case USER -> payer.user();
            case KEY -> payer.key();
            case ROOM -> payer.room();
            case MODEL -> payer.model();
        };
    }

    @Override
    public List<Sum> sums(LocalDate from, LocalDate to, List<UsageBy> by, Reach of, int limit) {
        Map<List<String>, List<Bill>> groups = bills(from, to, of).stream()
                .collect(Collectors.groupingBy(
                        bill -> by.stream().map(it -> key(it, bill)).toList()));
        return groups.entrySet().stream()
                .map(it -> new Sum(it.getKey(), total(it.getValue())))
                .sorted(Comparator.comparing(it -> it.keys().toString()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Totals> stretches(long from, long length, int count, Reach of) {
        List<Totals> stretches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long begin = from + i * length;
            stretches.add(total(store.bills().stream()
                    .filter(it -> of.covers(it.payer()))
                    .filter(it -> it.at().toEpochMilli() >= begin && it.at().toEpochMilli() < begin + length)
                    .toList()));
        }
        return stretches;
    }

    @Override
    public List<Bill> bills(LocalDate from, LocalDate to, Reach of, String after, int limit) {
        return bills(from, to, of).stream().limit(limit).toList();
    }
}
