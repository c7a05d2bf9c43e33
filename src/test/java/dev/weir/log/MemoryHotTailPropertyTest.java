package dev.weir.log;

import java.util.List;

/** The double that other tests use is as true as the real ones. */
class MemoryHotTailPropertyTest extends HotTailProperties {

    @Override
    protected List<HotTail> nodes(ColdLog cold) {
        MemoryHotTail one = new MemoryHotTail(CAPACITY, cold);
        return List.of(one, one.otherNode());
    }
}
