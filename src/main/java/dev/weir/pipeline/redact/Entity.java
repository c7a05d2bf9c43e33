package dev.weir.pipeline.redact;

import java.util.List;

/** The kinds of data that are known by themselves; each has a setting of its own that says what is done with it. */
enum Entity {
    PRIVATE_KEY("private-key", Action.LABEL, "Private keys (PEM, PGP)"),
    CLOUD_KEY("cloud-key", Action.LABEL, "Keys of AWS, Google Cloud, Azure and others"),
    TOKEN("token", Action.LABEL, "Tokens of code hosts, chat, payment, package and AI providers"),
    JWT("jwt", Action.LABEL, "JSON web tokens"),
    URL_PASSWORD("url-password", Action.LABEL, "Passwords in addresses"),
    CARD("card", Action.MASK, "Payment cards"),
    IBAN("iban", Action.MASK, "Bank accounts (IBAN)"),
    US_SSN("us-ssn", Action.LABEL, "US social security numbers"),
    US_ITIN("us-itin", Action.LABEL, "US individual taxpayer numbers"),
    UK_NHS("uk-nhs", Action.LABEL, "UK NHS numbers"),
    BIRTH_DATE("birth-date", Action.LABEL, "Dates of birth, after words that say so"),
    EMAIL("email", Action.REPORT, "E-mail addresses"),
    PHONE("phone", Action.REPORT, "Phone numbers"),
    CRYPTO("crypto", Action.REPORT, "Bitcoin and Ethereum addresses"),
    IP("ip", Action.OFF, "IP addresses"),
    MAC("mac", Action.OFF, "MAC addresses");

    private final String key;
    private final Action byDefault;
    private final String label;

    Entity(String key, Action byDefault, String label) {
        this.key = key;
        this.byDefault = byDefault;
        this.label = label;
    }

    /** Its setting. */
    String key() {
        return key;
    }

    Action byDefault() {
        return byDefault;
    }

    /** For an administrator. */
    String label() {
        return label;
    }

    /** The one that stands first here counts first. */
    private int priority() {
        return List.of(values()).indexOf(this);
    }

    /** The rule of its own name. */
    Rule rule(Action action) {
        return rule(key, action);
    }

    /** One of several rules that belong to it. */
    Rule rule(String name, Action action) {
        return new Rule(name, action, priority());
    }
}
