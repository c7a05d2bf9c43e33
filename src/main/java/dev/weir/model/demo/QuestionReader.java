package dev.weir.model.demo;

import dev.weir.model.demo.Question.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what kind of question it is by its words. English, first match wins. */
final class QuestionReader {

    private static final int DEFAULT_COUNT = 5;
    private static final int MAX_COUNT = 12;

    private static final Pattern GREETING = words(
            "^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|moin|hallo|bonjour|hola)\\b.{0,25}$");
    private static final Pattern THANKS = words(
            "^(?:(?:great|ok|okay|perfect|cool|nice|wonderful)[,!. ]*)?(?:thanks|thank you|thx|cheers|much appreciated)\\b.{0,40}$");
    private static final Pattern IDENTITY = words(
            "\\b(?:who are you|what are you|what can you do|are you (?:an? )?(?:ai|real|human|bot|demo)|your name|what model)\\b");
    private static final Pattern SUMMARY = words("\\b(?:summari[sz]e|sum up|tl;?dr|shorten|key points of)\\b");
    private static final Pattern TRANSLATION =
            words("\\b(?:translate|translation)\\b|\\bsay .{1,80} in (?:german|french|spanish)\\b");
    private static final Pattern CODE = words(
            "```|\\b(?:code|function|method|class|regex|regular expression|algorithm|snippet|one-liner|sql|fizz ?buzz|unit test)\\b"
                    + "|\\b(?:script|program|query)\\b|\\b(?:write|show|implement).{0,60}\\bin (?:java|python|javascript|typescript|bash|shell|sql|js)\\b");
    private static final List<Pattern> COMPARISONS = List.of(
            words("\\bdifferences? between (.{1,60}?) and (.{1,60}?)(?:[?.!,]|$)"),
            words("\\bcompare (.{1,60}?) (?:and|with|to|vs\\.?|against) (.{1,60}?)(?:[?.!,]|$)"),
            words(
                    "(?:^|\\b(?:is|use|choose|pick|prefer|better|between|about|learn|buy|or)\\b[:,]? )?([\\p{L}\\p{N}+#. -]{1,50}?),? (?:vs\\.?|versus) ([\\p{L}\\p{N}+#. -]{1,50}?)(?:[?.!,]|$)"),
            words(
                    "\\b(?:should (?:i|we)(?: use| choose| pick| learn| buy| take)?|is it better to(?: use)?|(?:what|which)(?:'s| is) (?:better|faster|cheaper|best|easier)|prefer|better|choose(?: between)?|pick)[,:]? ([\\p{L}\\p{N}+#. -]{1,50}?),? or ([\\p{L}\\p{N}+#. -]{1,50}?)(?:[?.!,]|$)"),
            words(
                    "^([\\p{L}\\p{N}+#.-]+(?: [\\p{L}\\p{N}+#.-]+){0,2}) or ([\\p{L}\\p{N}+#.-]+(?: [\\p{L}\\p{N}+#.-]+){0,3})\\?*$"));
    private static final Pattern FOLLOW_UP = words(
            "^(?:(?:and|but|so|ok|okay)\\b.{0,60}|(?:why|how so|how|really|go on|continue|more|tell me more|shorter|longer|simpler|again|example)[?.! ]*"
                    + "|.{0,40}\\b(?:it|(?<!\\b(?:an?|some|any) [\\w ]{1,30} )that|this|those|them|these|the (?:first|second|third|last) (?:one|point|step))\\b.{0,40})$");
    private static final Pattern UNKNOWABLE = words(
            "\\b(?:weather|forecast|news|today|tonight|tomorrow|yesterday|right now|currently|latest|stock price|exchange rate|who won|score of|what time|what day|what date|this (?:week|month|year))\\b");
    private static final Pattern HOW_TO = words(
            "\\bhow (?:to|can|could|should|would|must|do (?:i|you|we|one|people))\\b|\\b(?:steps|guide|instructions|tutorial|plan|help me)\\b");
    private static final Pattern LIST = words(
            "\\b(?:list|ideas?|suggest|suggestions|examples?|name (?:some|a few|\\d+)|give me (?:\\d+|some|a few)|top \\d+|ways to|reasons|tips|recommend|pros and cons)\\b");
    private static final Pattern DEFINITION = words(
            "\\b(?:what(?:'s| is| are| does)|who(?:'s| is| was)|define|definition|explain|describe|tell me about|meaning of|how (?:does|do|is|are))\\b");
    private static final Pattern YES_OR_NO =
            words("^(?:is|are|was|were|can|could|do|does|did|will|would|has|have)\\b.*\\?$");
    private static final Pattern STORY = words("\\b(?:story|tale|fairy ?tale)\\b");
    private static final Pattern POEM = words("\\b(?:poem|poetry|haiku|sonnet|verse|limerick)\\b");
    private static final Pattern WHY = words("\\bwhy\\b");
    private static final Pattern DECISION = words("^(?:so |and )?(?:should|can|could|may|shall) (?:i|we)\\b");
    private static final Pattern NUMBER = words("\\b(\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\\b");

    private QuestionReader() {}

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static Question read(Conversation conversation) {
        String text = conversation.question();
        Optional<Arithmetic.Result> sum = text.length() > 300 ? Optional.empty() : Arithmetic.in(text);
        if (sum.isPresent()) {
            return question(
                    Kind.ARITHMETIC,
                    text,
                    sum.get().sum(),
                    List.of(sum.get().sum(), sum.get().result().orElse("")));
        }
        Optional<Question> asked = aboutText(text).or(() -> comparison(text));
        return asked.orElseGet(() -> byWords(conversation));
    }

    /** Something to be done with a text that stands after a colon or on further lines. */
    private static Optional<Question> aboutText(String text) {
        String firstLine = text.lines().findFirst().orElse("");
        Kind kind = has(SUMMARY, firstLine) ? Kind.SUMMARY : has(TRANSLATION, firstLine) ? Kind.TRANSLATION : null;
        if (kind == null) {
            return Optional.empty();
        }
        Matcher given = Pattern.compile("(?s)(?::|\\n)\\s*(.+)$").matcher(text);
        Matcher quoted = Pattern.compile("(?s)[\"“'](.+)[\"”']").matcher(text);
        String body = quoted.find() ? quoted.group(1) : given.find() ? given.group(1) : "";
        return Optional.of(
                question(kind, text, body.isBlank() ? Topic.of(text) : Topic.sentence(body), List.of(body.strip())));
    }

    private static Optional<Question> comparison(String text) {
        String firstLine = text.lines().findFirst().orElse("");
        if (firstLine.length() > 300) {
            return Optional.empty();
        }
        for (Pattern pattern : COMPARISONS) {
            Matcher matcher = pattern.matcher(firstLine);
            if (matcher.find()) {
                String one = side(matcher.group(1));
                String other = side(matcher.group(2));
                if (!one.isEmpty() && !other.isEmpty()) {
                    return Optional.of(question(Kind.COMPARISON, text, one + " or " + other, List.of(one, other)));
                }
            }
        }
        return Optional.empty();
    }

    private static String side(String text) {
        return text.replaceAll(
                        "(?i)^(?:.*\\b(?:use|better|prefer|is|choose|between|compare|about)\\b )?(?:a |an |the )?", "")
                .replaceAll("(?i)\\s+(?:for|in|on|when|if|to)\\s.*$", "")
                .replaceAll("[?.!,\\s]+$", "")
                .strip();
    }

    private static Question byWords(Conversation conversation) {
        String text = conversation.question();
        Kind kind = kind(text, !conversation.earlier().isEmpty());
        String about = kind == Kind.FOLLOW_UP ? conversation.earlier().getLast() : text;
        return question(kind, text, topic(kind, about), List.of());
    }

    private static String topic(Kind kind, String about) {
        return switch (kind) {
            case STATEMENT, UNKNOWABLE -> Topic.sentence(about);
            case HOW_TO, DECISION, FOLLOW_UP -> Topic.doing(about);
            default -> Topic.of(about);
        };
    }

    private static Kind kind(String text, boolean hasEarlier) {
        if (has(GREETING, text)) {
            return Kind.GREETING;
        } else if (has(THANKS, text)) {
            return Kind.THANKS;
        } else if (has(IDENTITY, text)) {
            return Kind.IDENTITY;
        } else if (hasEarlier && text.length() < 90 && has(FOLLOW_UP, text)) {
            return Kind.FOLLOW_UP;
        } else if (has(CODE, text)) {
            return Kind.CODE;
        } else if (has(STORY, text)) {
            return Kind.STORY;
        } else if (has(POEM, text)) {
            return Kind.POEM;
        } else if (has(UNKNOWABLE, text)) {
            return Kind.UNKNOWABLE;
        } else if (has(HOW_TO, text)) {
            return Kind.HOW_TO;
        } else if (has(LIST, text)) {
            return Kind.LIST;
        } else if (has(WHY, text)) {
            return Kind.WHY;
        } else if (has(DEFINITION, text)) {
            return Kind.DEFINITION;
        }
        if (has(DECISION, text)) {
            return Kind.DECISION;
        }
        return has(YES_OR_NO, text) ? Kind.UNKNOWABLE : Kind.STATEMENT;
    }

    private static boolean has(Pattern pattern, String text) {
        return pattern.matcher(text).find();
    }

    private static Question question(Kind kind, String text, String topic, List<String> items) {
        return new Question(kind, text, topic, items, count(text));
    }

    private static int count(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.find()) {
            return DEFAULT_COUNT;
        }
        int number = List.of("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
                .indexOf(matcher.group(1).toLowerCase(java.util.Locale.ROOT));
        int count =
                number > 1 ? number : Integer.parseInt("0" + matcher.group(1).replaceAll("\\D", ""));
        return count < 2 ? DEFAULT_COUNT : Math.min(count, MAX_COUNT);
    }
}
