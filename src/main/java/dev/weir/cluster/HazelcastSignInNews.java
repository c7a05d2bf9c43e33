package dev.weir.cluster;

import com.hazelcast.topic.ITopic;
import dev.weir.identity.SignInNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * News of sign-ins on a Hazelcast topic. Who was away when something was told has missed it: whenever a node comes or goes,
 * the listener is told that it may have.
 */
@ApplicationScoped
public class HazelcastSignInNews implements SignInNews {

    private static final String ENDED = "ended ";
    private static final String CHANGED = "changed ";

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastSignInNews() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastSignInNews(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public void tell(News news) {
        node.instance().<String>getTopic("sign-in-news").publish(written(news));
    }

    private static String written(News news) {
        return switch (news) {
            case News.Ended ended -> ENDED + ended.tokenHash();
            case News.Changed changed -> CHANGED + changed.user();
            case News.Missed missed -> "";
        };
    }

    private static News read(String text) {
        if (text.startsWith(ENDED)) {
            return new News.Ended(text.substring(ENDED.length()));
        }
        return text.startsWith(CHANGED) ? new News.Changed(text.substring(CHANGED.length())) : new News.Missed();
    }

    @Override
    public void listen(Consumer<News> listener) {
        node.whenStarted(started -> {
            ITopic<String> topic = started.getTopic("sign-in-news");
            topic.addMessageListener(message -> listener.accept(read(message.getMessageObject())));
        });
        node.whenChanged(() -> listener.accept(new News.Missed()));
    }
}
