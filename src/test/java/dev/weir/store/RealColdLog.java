package dev.weir.store;

import dev.weir.log.ColdLog;

/** The cold log in a real database, for tests of other packages. */
public enum RealColdLog {
    H2(Engine.H2),
    POSTGRESQL(Engine.POSTGRESQL);

    private final Engine engine;

    RealColdLog(Engine engine) {
        this.engine = engine;
    }

    public ColdLog log() {
        return new JdbiColdLog(engine.shared());
    }

    /** A new room. */
    public String room() {
        return Samples.newRoom(engine.shared());
    }
}
