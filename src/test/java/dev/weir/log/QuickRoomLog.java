package dev.weir.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** A room log that gives rooms back as soon as nobody uses them. */
public final class QuickRoomLog {

    private QuickRoomLog() {}

    public static RoomLog of(HotTail hot, ColdLog cold) {
        return new RoomLog(
                hot, cold, InstantSource.system(), Executors.newVirtualThreadPerTaskExecutor(), Duration.ZERO);
    }

    /** One that does everything at once, on the thread that asks. */
    public static RoomLog atOnce(HotTail hot, ColdLog cold) {
        return new RoomLog(hot, cold, InstantSource.system(), Runnable::run, Duration.ofHours(1));
    }
}
