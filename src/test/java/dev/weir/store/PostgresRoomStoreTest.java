package dev.weir.store;

class PostgresRoomStoreTest extends RoomStoreContract {
    PostgresRoomStoreTest() {
        super(Engine.POSTGRESQL);
    }
}
