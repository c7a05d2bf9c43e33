package dev.weir.api;

import dev.weir.room.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as text for spreadsheets (RFC 4180): lines end with CR LF, the first has the names of the columns. A cell that
 * a spreadsheet would take for a formula, because it begins with {@code = + - @}, a tab or a line's end, gets an apostrophe
 * before it. Numbers below 0 are such cells too: amounts here are never. Not thread-safe.
 */
final class Csv {

    static final String TYPE = "text/csv";

    private static final String FORMULAS = "=+-@\t\r\n";

    private final StringBuilder text = new StringBuilder();
    private final int columns;

    Csv(List<String> names) {
        columns = names.size();
        row(names);
    }

    /** Whether a caller wants it: says {@code as=csv}, or accepts CSV before all else. */
    static boolean isWanted(@Nullable String as, HttpHeaders headers) {
        if (as == null || as.isEmpty()) {
            MediaType first = headers.getAcceptableMediaTypes().getFirst();
            return TYPE.equals(first.getType() + "/" + first.getSubtype());
        }
        if (!as.equals("csv") && !as.equals("json")) {
            throw new Refusal(Refusal.Code.INVALID, "\"as\" is json or csv.");
        }
        return as.equals("csv");
    }

    /**
     * Adds a line.
     *
     * @throws IllegalArgumentException when it has not as many cells as there are columns
     */
    Csv row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("A line of this table has " + columns + " cells.");
        }
        for (int i = 0; i < columns; i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        text.append("\r\n");
        return this;
    }

    private static String cell(String value) {
        String safe = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(it -> it == ',' || it == '"' || it == '\r' || it == '\n');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    /** An answer that browsers keep as a file of this name. */
    Response download(String name) {
        return Response.ok(toString(), TYPE + ";charset=utf-8;header=present")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** All lines so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
