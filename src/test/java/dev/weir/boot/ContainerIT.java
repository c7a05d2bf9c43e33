package dev.weir.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.event.Event.Declared;
import dev.weir.identity.FirstAdministrator;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.log.ColdLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.pipeline.Pipeline;
import dev.weir.room.Command;
import dev.weir.room.Commands;
import dev.weir.room.Refusal;
import dev.weir.room.Room;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server, in the real WAR: the beans find each other, and a prompt becomes a kept answer. */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {

    @Inject
    Pipeline pipeline;

    @Inject
    ModelCatalogue models;

    @Inject
    Users users;

    @Inject
    Rooms rooms;

    @Inject
    Commands commands;

    @Inject
    ColdLog cold;

    @Deployment
    static WebArchive war() {
        WebArchive war = ShrinkWrap.create(ZipImporter.class, "weir.war")
                .importFrom(new File(System.getProperty("weir.test.war")))
                .as(WebArchive.class)
                .addClass(ContainerIT.class);
        return war.setWebXML(new StringAsset(withoutGateForArquillian(war)));
    }

    /** The gate would refuse Arquillian's own servlet, which runs these tests: here it stands before the doors only. */
    private static String withoutGateForArquillian(WebArchive war) {
        try (InputStream in = war.get("WEB-INF/web.xml").getAsset().openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String changed = text.replaceFirst(
                    "<url-pattern>/\\*</url-pattern>",
                    "<url-pattern>/api/*</url-pattern><url-pattern>/stream/*</url-pattern>");
            assertNotEquals(text, changed);
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void orders_the_interceptors_by_their_priority() {
        assertEquals(
                List.of("meter", "length", "safety", "redact", "audit"),
                pipeline.declared().stream().map(Declared::name).toList());
    }

    @Test
    void offers_the_demonstration_models_without_any_configuration() {
        assertTrue(models.specs().size() >= 3);
        assertTrue(models.specs().stream().allMatch(it -> it.demonstration()));
    }

    @Test
    void keeps_the_answer_to_a_prompt() throws InterruptedException {
        User admin = users.byLogin(FirstAdministrator.LOGIN).orElseThrow();
        Room room = rooms.create(admin, "", "quick");

        Command.Ack ack =
                commands.perform(admin, room.id(), "1", new Command.Prompt("What is a weir?", Optional.empty()));

        ColdLog.Stored answer = finished(room.id(), ack.turn());
        assertFalse(answer.message().text().isBlank());
        assertEquals("What is a weir?", rooms.room(admin, room.id()).name());
    }

    @Test
    void hides_a_room_from_everybody_who_is_not_a_member() {
        User admin = users.byLogin(FirstAdministrator.LOGIN).orElseThrow();
        User stranger = new User("stranger", "stranger", "Stranger", admin.organisation(), admin.roles());
        Room room = rooms.create(admin, "Mine", "");

        Refusal refusal = assertThrows(Refusal.class, () -> rooms.room(stranger, room.id()));

        assertEquals(Refusal.Code.NO_SUCH_ROOM, refusal.code());
    }

    /** Polls, because the test class has only the JDK and JUnit inside the server. */
    private ColdLog.Stored finished(String room, String turn) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            for (ColdLog.Stored stored : cold.messages(room, 10)) {
                boolean ofTurn = stored.message()
                        .answer()
                        .filter(it -> it.turn().equals(turn))
                        .isPresent();
                if (ofTurn && !stored.live()) {
                    return stored;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The answer was not finished within a minute.");
    }
}
