package dev.weir.log;

class MemoryHotTailTest extends HotTailContract {
    MemoryHotTailTest() {
        super(cold -> new MemoryHotTail(CAPACITY, cold));
    }
}
