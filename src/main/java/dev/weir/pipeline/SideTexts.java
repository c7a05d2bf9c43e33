package dev.weir.pipeline;

import dev.weir.event.Event.Verdict.Decision;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The texts beside one branch. Thread-safe. */
final class SideTexts {

    private final Plan guards;
    private final Branch branch;
    private final Set<Said> told = ConcurrentHashMap.newKeySet();

    /** What a guard has decided. */
    record Said(String interceptor, Decision decision, String rule) {}

    SideTexts(Plan plan, Branch branch) {
        this.guards = plan.forSideTexts();
        this.branch = branch;
    }

    /** @param whose the interceptor whose text it is; its name stands before the rules of what is decided */
    SideText open(String whose) {
        return new GuardedText(this, whose);
    }

    Plan guards() {
        return guards;
    }

    Branch branch() {
        return branch;
    }

    /** Says once what is decided again and again. */
    void tell(Said said) {
        if (told.add(said)) {
            branch.verdict(said.interceptor(), said.decision(), said.rule());
        }
    }
}
