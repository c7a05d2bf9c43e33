package dev.weir.turn;

import dev.weir.event.Usage;
import dev.weir.model.Finish;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelFailure;
import dev.weir.model.StreamingModel;
import dev.weir.model.TranslationPrompt;
import dev.weir.pipeline.Tokens;
import dev.weir.pipeline.translate.Translator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Has a model of the catalogue translate. */
@ApplicationScoped
class ModelTranslator implements Translator {

    /** A model that says more than this does not translate a sentence. */
    private static final int MOST_CHARACTERS = 20_000;

    private static final Usage NO_USE = new Usage(0, 0, 0, true);

    private static final Call NOTHING = new Call() {
        @Override
        public void cancel() {
            // nothing is open
        }

        @Override
        public Usage usage() {
            return NO_USE;
        }
    };

    private final ModelCatalogue models;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ModelTranslator() {
        this(null);
    }

    @Inject
    ModelTranslator(ModelCatalogue models) {
        this.models = models;
    }

    @Override
    public Call translate(Request request, Listener listener) {
        Optional<StreamingModel> model = models.model(request.model());
        if (model.isEmpty()) {
            listener.failed("there is no model of this name");
            return NOTHING;
        }
        Map<String, String> glossary = new LinkedHashMap<>();
        request.glossary().forEach(it -> glossary.put(it.source(), it.translation()));
        var before = request.before().stream()
                .map(it -> new TranslationPrompt.Before(it.source(), it.translation()))
                .toList();
        var prompt = TranslationPrompt.of(request.language(), request.text(), before, glossary);
        Answer answer = new Answer(model.get(), prompt, listener);
        answer.ask();
        return answer;
    }

    /** One sentence's translation, gathered. */
    private static final class Answer implements Call, StreamingModel.Listener {
        private final StreamingModel model;
        private final StreamingModel.Prompt prompt;
        private final Listener listener;
        private final ReentrantLock lock = new ReentrantLock();
        private final StringBuilder heard = new StringBuilder();
        private Optional<Finish.ReportedUsage> usage = Optional.empty();
        private StreamingModel.@Nullable Upstream upstream;
        private boolean over;
        private boolean refused;

        Answer(StreamingModel model, StreamingModel.Prompt prompt, Listener listener) {
            this.model = model;
            this.prompt = prompt;
            this.listener = listener;
        }

        void ask() {
            StreamingModel.Upstream asked;
            try {
                asked = model.ask(prompt, this);
            } catch (RuntimeException e) {
                refuse();
                fail("it could not be asked: " + e);
                return;
            }
            lock.lock();
            try {
                upstream = asked;
            } finally {
                lock.unlock();
            }
            if (over()) {
                asked.cancel();
            }
        }

        @Override
        public void delta(String text) {
            lock.lock();
            try {
                heard.append(text);
                if (heard.length() <= MOST_CHARACTERS) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            cancel();
            listener.failed("it said more than a translation");
        }

        @Override
        public void finished(Finish finish) {
            lock.lock();
            try {
                usage = finish.usage();
            } finally {
                lock.unlock();
            }
            if (finish.reason() == Finish.Reason.STOP || finish.reason() == Finish.Reason.OTHER) {
                if (end()) {
                    listener.translated(text());
                }
            } else {
                fail("it ended with " + finish.reason());
            }
        }

        @Override
        public void failed(ModelFailure failure) {
            if (Metering.isRefusal(failure.kind())) {
                refuse();
            }
            fail(failure.kind() + " (" + failure.detail() + ")");
        }

        /** The provider has done nothing that it bills, unless something came already. */
        private void refuse() {
            lock.lock();
            try {
                refused = heard.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        private void fail(String why) {
            if (end()) {
                listener.failed(why);
            }
        }

        /** Returns false when it was over before. */
        private boolean end() {
            lock.lock();
            try {
                boolean before = over;
                over = true;
                return !before;
            } finally {
                lock.unlock();
            }
        }

        private boolean over() {
            lock.lock();
            try {
                return over;
            } finally {
                lock.unlock();
            }
        }

        private String text() {
            lock.lock();
            try {
                return heard.toString();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            StreamingModel.Upstream asked;
            lock.lock();
            try {
                over = true;
                asked = upstream;
            } finally {
                lock.unlock();
            }
            if (asked != null) {
                asked.cancel();
            }
        }

        @Override
        public Usage usage() {
            lock.lock();
            try {
                List<StreamingModel.Prompt.Line> asked = refused ? List.of() : prompt.lines();
                return Metering.usage(model.spec().price(), usage, asked, Tokens.count(heard.toString()));
            } finally {
                lock.unlock();
            }
        }
    }
}
