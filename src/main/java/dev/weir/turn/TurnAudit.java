package dev.weir.turn;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.audit.Who;
import dev.weir.event.Event.Answer;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Records of every branch that it began, what was decided on its way, and how it ended. Its text is recorded elsewhere. */
@ApplicationScoped
public class TurnAudit implements TurnObserver {

    private final Audit audit;

    /** For the container's proxy only. */
    protected TurnAudit() {
        this(Audit.NONE);
    }

    @Inject
    public TurnAudit(Audit audit) {
        this.audit = audit;
    }

    @Override
    public BranchObserver started(StartedBranch branch) {
        Recorded recorded = new Recorded(branch);
        recorded.put(Kind.TURN_STARTED, branch.message(), "");
        return recorded;
    }

    private final class Recorded implements BranchObserver {
        private final Who who;
        private final Where where;

        Recorded(StartedBranch branch) {
            this.who = new Who(branch.requestedBy().id(), branch.organisation());
            this.where = new Where(
                    branch.room(),
                    branch.turn(),
                    branch.branch(),
                    branch.model().name());
        }

        private void put(Kind kind, String subject, String details) {
            audit.record(kind, who, where, "", subject, details);
        }

        @Override
        public void verdict(String interceptor, Verdict.Decision decision, String rule) {
            audit.record(Kind.VERDICT, who, where, decision.word(), interceptor, rule);
        }

        @Override
        public void ended(Ended how) {
            Answer answer = how.answer();
            audit.record(Kind.TURN_ENDED, who, where, answer.outcome().word(), "", details(answer));
        }

        private static String details(Answer answer) {
            Usage usage = answer.usage();
            String figures = "%d input and %d output tokens%s, %d micros, %d ms"
                    .formatted(
                            usage.inputTokens(),
                            usage.outputTokens(),
                            usage.estimated() ? " by our count" : "",
                            usage.micros(),
                            answer.timing().durationMillis());
            return answer.reason().isEmpty() ? figures : figures + ". " + answer.reason();
        }
    }
}
