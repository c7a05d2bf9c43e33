package dev.weir.room;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock for all rooms of a test. */
final class OwnLocks implements RoomLocks {

    private final Lock lock = new ReentrantLock();

    @Override
    public <T> T alone(String room, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
