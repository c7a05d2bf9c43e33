package dev.weir.model.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.demo.Question.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionReaderTest {

    private static Question read(String text) {
        return QuestionReader.read(new Conversation(text, List.of(), "", text.length(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello!|GREETING|Hello",
                "Thanks a lot|THANKS|Thanks a lot",
                "How do I bake bread?|HOW_TO|baking bread",
                "how to run a meeting|HOW_TO|running a meeting",
                "What is a WebSocket?|DEFINITION|WebSocket",
                "Explain how TCP works|DEFINITION|TCP",
                "List 3 reasons for tests|LIST|tests",
                "Why is the sea salty?|WHY|sea salty",
                "Should I buy a house?|DECISION|buying a house",
                "Write a Python script that sorts a file|CODE|Python script that sorts a file",
                "Who won the match yesterday?|UNKNOWABLE|Who won the match yesterday",
                "Who are you?|IDENTITY|you",
                "Write a poem about autumn|POEM|poem about autumn",
                "My printer is broken.|STATEMENT|My printer is broken"
            })
    void tells_kind_and_topic(String text, Kind kind, String topic) {
        Question question = read(text);
        assertThat(question.kind()).isEqualTo(kind);
        assertThat(question.topic()).isEqualTo(topic);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Can you explain that?|FOLLOW_UP",
                "Write that in Python|FOLLOW_UP",
                "Write a SQL query that finds customers without orders|CODE"
            })
    void tells_a_word_that_points_back_from_one_that_does_not(String text, Kind kind) {
        Question question = QuestionReader.read(
                new Conversation(text, List.of("Compare tea and coffee"), "", 100, Optional.empty()));
        assertThat(question.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Java or Kotlin?|Java|Kotlin",
                "tea vs coffee|tea|coffee",
                "What is better: tea or coffee?|tea|coffee",
                "compare PostgreSQL and MySQL for a shop|PostgreSQL|MySQL",
                "What is the difference between REST and GraphQL?|REST|GraphQL",
                "Should we use Kafka or Redis for messaging?|Kafka|Redis"
            })
    void finds_both_sides_of_a_comparison(String text, String one, String other) {
        assertThat(read(text).kind()).isEqualTo(Kind.COMPARISON);
        assertThat(read(text).items()).containsExactly(one, other);
    }

    @Test
    void takes_the_text_to_summarise_from_after_the_colon() {
        assertThat(read("Summarize: One. Two.").items()).containsExactly("One. Two.");
        assertThat(read("Please summarise this\nOne. Two.").items()).containsExactly("One. Two.");
    }
}
