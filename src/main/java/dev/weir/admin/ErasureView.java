package dev.weir.admin;

import dev.weir.room.Erasure;
import dev.weir.room.ErasureStore;
import dev.weir.room.Erasures;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** Forgetting the user of {@link UserView}'s page, after their login was typed once more. */
@Named
@RequestScoped
public class ErasureView {

    private static final String LOGIN_FIELD = "eraseForm:login";

    @Inject
    Erasures erasures;

    @Inject
    ConsoleCaller me;

    @Inject
    UserView page;

    private String id = "";
    private String expected = "";
    private @Nullable String login;
    private @Nullable Erasure done;
    private ErasureStore.@Nullable Extent extent;

    /** What it would concern. */
    public ErasureStore.Extent getExtent() {
        ErasureStore.Extent found = extent;
        if (found == null) {
            found = erasures.extent(me.user(), getId());
            extent = found;
        }
        return found;
    }

    public void erase() {
        if (!Typed.text(login).equals(expected)) {
            Said.wrong(LOGIN_FIELD, "That is not their login. Type " + expected + " to go on.");
            return;
        }
        Said.doing("eraseForm", () -> done = erasures.erase(me.admin(), id));
    }

    /** What was done by the last click; empty otherwise. */
    public @Nullable Erasure getDone() {
        return done;
    }

    public String getId() {
        return id.isEmpty() ? page.getId() : id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    /** The login that has to be typed. */
    public String getExpected() {
        return expected.isEmpty() ? page.getLogin() : expected;
    }

    public void setExpected(@Nullable String expected) {
        this.expected = expected == null ? "" : expected;
    }

    public @Nullable String getLogin() {
        return login;
    }

    public void setLogin(@Nullable String login) {
        this.login = login;
    }
}
