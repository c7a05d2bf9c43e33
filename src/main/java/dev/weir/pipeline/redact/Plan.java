package dev.weir.pipeline.redact;

import dev.weir.pipeline.pattern.Program;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for, made from the settings: what changes the text, and what is only reported. Immutable.
 *
 * @param prompts whether prompts are redacted
 * @param restore whether pseudonyms of a prompt are turned back in the answer
 */
record Plan(Look acting, Look reporting, boolean prompts, boolean restore, boolean pseudonyms) {

    private static final List<String> SSN = List.of("ssn", "social security", "social-security");
    private static final List<String> ITIN = List.of("itin", "taxpayer", "tax id", "tin");
    private static final List<String> NHS = List.of("nhs");
    private static final List<String> PHONE =
            List.of("phone", "tel", "call", "mobile", "cell", "fax", "handy", "ruf", "whatsapp", "text");
    private static final List<String> AWS =
            List.of("aws_secret", "secret_access_key", "secretaccesskey", "secret access key");

    /**
     * @param value gives the value of a setting
     * @throws IllegalArgumentException with a sentence for the administrator, when a setting is wrong
     */
    static Plan of(Function<String, String> value) {
        Map<Entity, Action> actions = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            actions.put(entity, RedactionSettings.action(entity, value.apply(entity.key())));
        }
        String region = value.apply(RedactionSettings.REGION).strip().toUpperCase(Locale.ROOT);
        List<CustomRecognisers.Custom> customs = CustomRecognisers.read(value.apply(RedactionSettings.RECOGNISERS));
        Looks acting = new Looks(actions, region, customs, Action::acts);
        Looks reporting = new Looks(actions, region, customs, it -> it == Action.REPORT);
        boolean pseudonyms = actions.containsValue(Action.PSEUDONYM)
                || customs.stream().anyMatch(it -> it.rule().action() == Action.PSEUDONYM);
        return new Plan(
                acting.look(),
                reporting.look(),
                value.apply(RedactionSettings.PROMPTS).strip().equals(RedactionSettings.REDACT),
                Boolean.parseBoolean(value.apply(RedactionSettings.RESTORE).strip()),
                pseudonyms);
    }

    /** Puts together the recognisers whose action is wanted. */
    private static final class Looks {
        private final Map<Entity, Action> actions;
        private final List<CustomRecognisers.Custom> customs;
        private final @Nullable String region;
        private final Predicate<Action> wanted;
        private final ContextWords.Builder words = new ContextWords.Builder();
        private final List<Recogniser> all = new ArrayList<>();

        Looks(
                Map<Entity, Action> actions,
                String region,
                List<CustomRecognisers.Custom> customs,
                Predicate<Action> wanted) {
            this.actions = actions;
            this.region = region.isEmpty() ? null : region;
            this.customs = customs;
            this.wanted = wanted;
        }

        private @Nullable Rule rule(Entity entity) {
            Action action = actions.getOrDefault(entity, Action.OFF);
            return wanted.test(action) ? entity.rule(action) : null;
        }

        private void add(Entity entity, Function<Rule, Recogniser> made) {
            Rule rule = rule(entity);
            if (rule != null) {
                all.add(made.apply(rule));
            }
        }

        Look look() {
            secrets();
            numbers();
            add(Entity.IBAN, IbanRecogniser::new);
            add(Entity.EMAIL, EmailRecogniser::new);
            add(
                    Entity.CRYPTO,
                    it -> new CryptoRecogniser(
                            Entity.CRYPTO.rule("bitcoin", it.action()), Entity.CRYPTO.rule("ethereum", it.action())));
            add(
                    Entity.BIRTH_DATE,
                    it -> pattern(
                            it, PatternRecogniser.program(Dates.PATTERN), Dates.CONTEXT, Optional.of(Dates::isDate)));
            Rule ip = rule(Entity.IP);
            Rule mac = rule(Entity.MAC);
            if (ip != null || mac != null) {
                all.add(new AddressRecogniser(ip, mac));
            }
            customs.stream()
                    .filter(it -> wanted.test(it.rule().action()))
                    .forEach(it -> all.add(pattern(it.rule(), it.program(), it.context(), it.check())));
            return new Look(all, words.build());
        }

        private void secrets() {
            List<TokenRule> tokens = Tokens.rules(entity -> {
                Rule rule = rule(entity);
                return rule == null ? Action.OFF : rule.action();
            });
            if (!tokens.isEmpty()) {
                all.add(new TokenRecogniser(tokens));
            }
            add(
                    Entity.CLOUD_KEY,
                    it -> pattern(
                            Entity.CLOUD_KEY.rule("aws-secret-key", it.action()),
                            PatternRecogniser.program("\\b[A-Za-z0-9/+]{40}\\b"),
                            AWS,
                            Optional.empty()));
            add(Entity.JWT, JwtRecogniser::new);
            add(Entity.PRIVATE_KEY, PrivateKeyRecogniser::new);
            add(Entity.URL_PASSWORD, UrlPasswordRecogniser::new);
        }

        private void numbers() {
            List<NumberRule> rules = new ArrayList<>();
            number(rules, Entity.CARD, CardRule::new);
            number(rules, Entity.US_SSN, it -> new UsTaxRule(it, false, words.group(SSN)));
            number(rules, Entity.US_ITIN, it -> new UsTaxRule(it, true, words.group(ITIN)));
            number(rules, Entity.UK_NHS, it -> new NhsRule(it, words.group(NHS)));
            number(rules, Entity.PHONE, it -> new PhoneRule(it, region, words.group(PHONE)));
            if (!rules.isEmpty()) {
                all.add(new NumberRecogniser(rules));
            }
        }

        private void number(List<NumberRule> rules, Entity entity, Function<Rule, NumberRule> made) {
            Rule rule = rule(entity);
            if (rule != null) {
                rules.add(made.apply(rule));
            }
        }

        private Recogniser pattern(
                Rule rule, Program program, List<String> context, Optional<Predicate<String>> check) {
            return new PatternRecogniser(rule, program, words.group(context), check);
        }
    }
}
