package dev.weir.api.openai;

import dev.weir.api.RateHeaders;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.identity.User;
import dev.weir.log.AnswerPart;
import dev.weir.log.RoomHandle;
import dev.weir.room.Asking;
import dev.weir.room.Command;
import dev.weir.room.Completion;
import dev.weir.room.Connections;
import dev.weir.room.Refusal;
import dev.weir.room.Room;
import dev.weir.room.Rooms;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One completion, from the request's body to the last byte of the answer, on one thread that may wait. The answer is read
 * from the room's log at the pace of the client. A client that goes away ends the turn, unless it asked that it go on.
 */
final class ChatExchange {

    private static final Logger LOG = LoggerFactory.getLogger(ChatExchange.class);

    /** How often a reply that has nothing to say looks whether its client is still there, in nanoseconds. */
    private static final long BEAT = TimeUnit.SECONDS.toNanos(1);

    private final User user;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Rooms rooms;
    private final Asking asking;
    private final Connections connections;
    private final KernelConnections kernel;
    private final Beats beats;
    private final int mostBytes;

    ChatExchange(
            User user,
            HttpServletRequest request,
            HttpServletResponse response,
            Rooms rooms,
            Asking asking,
            Connections connections,
            KernelConnections kernel,
            Beats beats,
            int mostBytes) {
        this.user = user;
        this.request = request;
        this.response = response;
        this.rooms = rooms;
        this.asking = asking;
        this.connections = connections;
        this.kernel = kernel;
        this.beats = beats;
        this.mostBytes = mostBytes;
    }

    /** Never throws: what goes wrong is told to the client, if it is still there. */
    void run() {
        try {
            answer();
        } catch (OpenAiProblem problem) {
            refuse(problem);
        } catch (Refusal refusal) {
            refuse(OpenAiProblem.of(refusal));
        } catch (IOException e) {
            LOG.debug("The client of a completion went away: {}", e.toString());
        } catch (RuntimeException e) {
            String reference = Ids.next();
            LOG.error("A completion failed, reference {}", reference, e);
            refuse(OpenAiProblem.internal(reference));
        }
    }

    private void refuse(OpenAiProblem problem) {
        try {
            if (!response.isCommitted()) {
                problem.headers(Instant.now()).forEach(response::setHeader);
                OpenAiServlet.write(response, problem.status(), problem.json());
            }
        } catch (IOException e) {
            LOG.debug("The client of a completion went away: {}", e.toString());
        }
    }

    private void answer() throws IOException {
        ChatRequest asked = ChatRequest.read(request.getInputStream(), mostBytes);
        asking.checkModel(user, asked.model());
        Completion.Begun begun = begin(asked);
        response.setHeader("Weir-Room", begun.room().id());
        response.setHeader("Weir-Turn", begun.turn());
        response.setHeader("Weir-Cursor", begun.cursor().toString());
        begun.rate().ifPresent(it -> RateHeaders.of(it).forEach(response::setHeader));
        try (RoomHandle room = rooms.open(begun.room());
                Connections.Open open = connections.open(Connections.OPENAI)) {
            follow(begun, room, reply(asked, begun), open);
        } catch (IOException e) {
            if (!"continue".equalsIgnoreCase(request.getHeader("Weir-Disconnect"))) {
                asking.perform(user, begun.room().id(), new Command.Stop(begun.turn()));
            }
            throw e;
        }
    }

    private Completion.Begun begin(ChatRequest asked) {
        Completion completion = asked.completion();
        String room = request.getHeader("Weir-Room");
        if (room != null && !room.isBlank()) {
            return asking.complete(user, rooms.room(user, room.strip()), completion);
        }
        Room made = rooms.createForCompletion(user, asked.model(), completion.text());
        try {
            return asking.complete(user, made, completion);
        } catch (RuntimeException e) {
            rooms.delete(user, made.id());
            throw e;
        }
    }

    private ChatReply reply(ChatRequest asked, Completion.Begun begun) {
        ChatJson json = new ChatJson(begun, asked.usage());
        return asked.stream()
                ? new StreamedReply(response, json)
                : new WholeReply(response, json, new Client(kernel, request));
    }

    private void follow(Completion.Begun begun, RoomHandle room, ChatReply reply, Connections.Open open)
            throws IOException {
        Semaphore news = new Semaphore(0);
        Runnable listener = news::release;
        room.listen(listener);
        beats.add(listener);
        try {
            int from = 0;
            long quietUntil = System.nanoTime() + BEAT;
            while (true) {
                AnswerPart part = room.answer(begun.branch(), begun.begun(), from);
                from += part.text().length();
                if (!part.text().isEmpty()) {
                    reply.text(part.text());
                    open.sent(part.text().length());
                    quietUntil = System.nanoTime() + BEAT;
                }
                if (part.ended()) {
                    end(part.message(), reply);
                    return;
                }
                if (part.text().isEmpty()) {
                    if (System.nanoTime() - quietUntil > 0) {
                        reply.waiting();
                        quietUntil = System.nanoTime() + BEAT;
                    }
                    await(news);
                }
            }
        } finally {
            beats.remove(listener);
            room.unlisten(listener);
        }
    }

    /** Waits until there may be news in the room, or time to look after the client. */
    private static void await(Semaphore news) throws IOException {
        try {
            news.acquire();
            news.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is stopping.", e);
        }
    }

    private static void end(Optional<Event.Message> message, ChatReply reply) throws IOException {
        Event.Answer answer = message.flatMap(Event.Message::answer)
                .orElseThrow(() -> OpenAiProblem.failed("Another question took the place of this one."));
        String text = message.map(Event.Message::text).orElse("");
        switch (answer.outcome()) {
            case COMPLETE, STOPPED, BLOCKED, OVER_BUDGET -> reply.end(text, answer);
            case FAILED, INTERRUPTED, SUPERSEDED -> reply.fail(OpenAiProblem.failed(answer.reason()));
        }
    }
}
