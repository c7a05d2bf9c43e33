package dev.weir.admin;

import dev.weir.room.Oversight;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rooms of everybody, found and paged by the address: {@code q}, {@code page}. */
@Named
@RequestScoped
public class RoomsView {

    @Inject
    Oversight oversight;

    @Inject
    ConsoleCaller me;

    private @Nullable String search;
    private @Nullable String number;
    private @Nullable String chosen;
    private Oversight.@Nullable Page page;

    public Oversight.Page getPage() {
        Oversight.Page found = page;
        if (found == null) {
            found = oversight.page(me.user(), wanted(), Numbers.whole(number, 1));
            page = found;
        }
        return found;
    }

    private String wanted() {
        return search == null ? "" : search;
    }

    public void delete() {
        if (Said.doing("", () -> oversight.delete(me.user(), chosen()))) {
            Said.done("The room was deleted for all of its members.");
        }
        page = null;
    }

    public void stop() {
        if (Said.doing("", () -> oversight.stopAll(me.user(), chosen()))) {
            Said.done("What was being written in the room is stopped.");
        }
    }

    private String chosen() {
        return chosen == null ? "" : chosen;
    }

    /** The rest of the address of another page of what is shown. */
    public String addressOf(int other) {
        String query = URLEncoder.encode(wanted(), StandardCharsets.UTF_8);
        return "?page=" + other + (query.isEmpty() ? "" : "&q=" + query);
    }

    public @Nullable String getSearch() {
        return search;
    }

    public void setSearch(@Nullable String search) {
        this.search = search;
    }

    public @Nullable String getNumber() {
        return number;
    }

    public void setNumber(@Nullable String number) {
        this.number = number;
    }

    /** The id of the room to be deleted or stopped. */
    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }
}
