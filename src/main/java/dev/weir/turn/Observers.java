package dev.weir.turn;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Usage;
import dev.weir.model.ModelFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who is told of turns. A failing one disturbs neither the turn nor the others. */
final class Observers implements TurnObserver {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<TurnObserver> all;

    Observers(List<TurnObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public BranchObserver started(StartedBranch branch) {
        return new OfBranch(all.stream().map(it -> begin(it, branch)).toArray(BranchObserver[]::new));
    }

    @Override
    public void used(String model, Usage usage) {
        for (TurnObserver observer : all) {
            try {
                observer.used(model, usage);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("An observer failed and did not hear what was used of {}", model, e);
            }
        }
    }

    private static BranchObserver begin(TurnObserver observer, StartedBranch branch) {
        try {
            return observer.started(branch);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("An observer failed and hears nothing of branch {}", branch.branch(), e);
            return BranchObserver.NONE;
        }
    }

    private static final class OfBranch implements BranchObserver {
        private final BranchObserver[] all;

        OfBranch(BranchObserver[] all) {
            this.all = all;
        }

        @Override
        public void delta(int characters, long outputTokens) {
            for (int i = 0; i < all.length; i++) {
                try {
                    all[i].delta(characters, outputTokens);
                } catch (RuntimeException | LinkageError e) {
                    drop(i, e);
                }
            }
        }

        @Override
        public void firstDelta(long nanos) {
            each(it -> it.firstDelta(nanos));
        }

        @Override
        public void retry(ModelFailure.Kind why, Duration wait) {
            each(it -> it.retry(why, wait));
        }

        @Override
        public void verdict(String interceptor, Verdict.Decision decision, String rule) {
            each(it -> it.verdict(interceptor, decision, rule));
        }

        @Override
        public void ended(Ended how) {
            each(it -> it.ended(how));
        }

        private void each(Consumer<BranchObserver> call) {
            for (int i = 0; i < all.length; i++) {
                try {
                    call.accept(all[i]);
                } catch (RuntimeException | LinkageError e) {
                    drop(i, e);
                }
            }
        }

        private void drop(int i, Throwable failure) {
            LOG.warn("An observer of turns failed and hears no more of this branch", failure);
            all[i] = BranchObserver.NONE;
        }
    }
}
