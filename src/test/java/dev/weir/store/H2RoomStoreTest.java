package dev.weir.store;

class H2RoomStoreTest extends RoomStoreContract {
    H2RoomStoreTest() {
        super(Engine.H2);
    }
}
