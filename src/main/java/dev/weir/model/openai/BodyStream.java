package dev.weir.model.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body, read by one thread. Differs from the JDK's own stream in two ways: what arrived before the
 * connection broke is read before the break is thrown, and a read waits no longer than the {@link Patience} lasts, then
 * throws a {@link Stall}. Asks the network for more only when all that came has been read. May be closed from any thread,
 * which closes the connection and wakes a waiting read.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {

    private sealed interface Item {
        record Bytes(List<ByteBuffer> buffers) implements Item {}

        record End(@Nullable IOException broken) implements Item {}
    }

    private final Patience patience;
    private final BlockingQueue<Item> arrived = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private Item.@Nullable End end;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    BodyStream(Patience patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription = made;
        if (closed) {
            made.cancel();
        } else {
            made.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(new Item.Bytes(buffers));
    }

    @Override
    public void onError(Throwable error) {
        arrived.add(new Item.End(error instanceof IOException io ? io : new IOException(error)));
    }

    @Override
    public void onComplete() {
        arrived.add(new Item.End(null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!closed) {
            ByteBuffer buffer = current.peek();
            if (buffer == null) {
                if (ended()) {
                    return -1;
                }
                take(next());
            } else if (!buffer.hasRemaining()) {
                dropFirst();
            } else {
                int count = Math.min(length, buffer.remaining());
                buffer.get(target, offset, count);
                return count;
            }
        }
        throw new IOException("closed");
    }

    private boolean ended() throws IOException {
        if (end != null && end.broken() != null) {
            throw new IOException(end.broken());
        }
        return end != null;
    }

    private void take(Item item) {
        switch (item) {
            case Item.Bytes bytes -> {
                current.addAll(bytes.buffers());
                askWhenEmpty();
            }
            case Item.End last -> end = last;
        }
    }

    private void dropFirst() {
        current.remove();
        askWhenEmpty();
    }

    private void askWhenEmpty() {
        Flow.Subscription made = subscription;
        if (current.isEmpty() && made != null) {
            made.request(1);
        }
    }

    private Item next() throws IOException {
        try {
            Item item = arrived.poll(patience.leftNanos(), TimeUnit.NANOSECONDS);
            if (item == null) {
                throw patience.end();
            }
            return item;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription made = subscription;
        if (made != null) {
            made.cancel();
        }
        arrived.add(new Item.End(null));
    }
}
