package dev.weir.pipeline.redact;

import dev.weir.pipeline.redact.TokenRule.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The secrets that are known by how they begin. The forms are those that the issuers document, most of them under "secret
 * scanning" so that others can find them; where they tell no length, it is what they issue today.
 */
final class Tokens {

    private final List<TokenRule> rules = new ArrayList<>();
    private final Function<Entity, Action> actions;

    private Tokens(Function<Entity, Action> actions) {
        this.actions = actions;
    }

    /**
     * All rules of the entities for which an action is given that is wanted.
     *
     * @param actions what is to be done with an entity; {@link Action#OFF} leaves its rules out
     */
    static List<TokenRule> rules(Function<Entity, Action> actions) {
        Tokens all = new Tokens(actions);
        all.clouds();
        all.codeHosts();
        all.chatAndPayment();
        all.models();
        return List.copyOf(all.rules);
    }

    private void clouds() {
        // AWS IAM User Guide, "IAM identifiers": unique identifiers begin with a prefix for their kind.
        for (String begin : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
            add(Entity.CLOUD_KEY, "aws-access-key", begin, Body.PLAIN, 16);
        }
        // Google Cloud, "Using API keys"; OAuth 2.0 access tokens and client secrets.
        add(Entity.CLOUD_KEY, "google-api-key", "AIza", Body.DASHED, 35);
        add(Entity.CLOUD_KEY, "google-oauth-token", "ya29.", Body.DASHED, 20);
        add(Entity.CLOUD_KEY, "google-client-secret", "GOCSPX-", Body.DASHED, 28);
        // Azure: 64 bytes for storage accounts, 32 for the buses, signatures of SAS; client secrets have Q~ in the
        // fifth place.
        add(Entity.CLOUD_KEY, "azure-storage-key", "AccountKey=", Body.BASE64, 64);
        add(Entity.CLOUD_KEY, "azure-shared-key", "SharedAccessKey=", Body.BASE64, 40);
        add(Entity.CLOUD_KEY, "azure-sas", "sig=", Body.QUOTED, 43);
        String client = ("" + TokenRule.WORD).repeat(3) + TokenRule.DIGIT + "Q~";
        add(Entity.CLOUD_KEY, "azure-client-secret", client, Body.TILDED, 31);
        add(Entity.CLOUD_KEY, "digitalocean-token", "dop_v1_", Body.PLAIN, 64);
        add(Entity.CLOUD_KEY, "alibaba-access-key", "LTAI", Body.PLAIN, 17);
        add(Entity.CLOUD_KEY, "vault-token", "hvs.", Body.DASHED, 24);
        add(Entity.CLOUD_KEY, "databricks-token", "dapi", Body.PLAIN, 32);
    }

    private void codeHosts() {
        // GitHub Docs, "About authentication to GitHub", token formats.
        for (String begin : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            add(Entity.TOKEN, "github-token", begin, Body.PLAIN, 36);
        }
        add(Entity.TOKEN, "github-token", "github_pat_", Body.DASHED, 22);
        // GitLab Docs, "Token overview", token prefixes.
        for (String begin : List.of("glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "gloas-")) {
            add(Entity.TOKEN, "gitlab-token", begin, Body.DASHED, 20);
        }
        // Atlassian, API tokens; Bitbucket, app passwords.
        add(Entity.TOKEN, "atlassian-token", "ATATT3", Body.BASE64, 50);
        add(Entity.TOKEN, "bitbucket-token", "ATBB", Body.PLAIN, 24);
        // npm Docs, "About access tokens"; PyPI Help, "API tokens": a macaroon of pypi.org or test.pypi.org in base64.
        add(Entity.TOKEN, "npm-token", "npm_", Body.PLAIN, 36);
        add(Entity.TOKEN, "pypi-token", "pypi-AgE", Body.DASHED, 50);
        add(Entity.TOKEN, "docker-token", "dckr_pat_", Body.DASHED, 20);
    }

    private void chatAndPayment() {
        // Slack, "Token types".
        for (String begin : List.of("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xapp-")) {
            add(Entity.TOKEN, "slack-token", begin, Body.DASHED, 20);
        }
        add(Entity.TOKEN, "slack-webhook", "hooks.slack.com/services/", Body.PATH, 30);
        // Stripe Docs, "API keys"; webhook signing secrets.
        for (String begin : List.of("sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_")) {
            add(Entity.TOKEN, "stripe-key", begin, Body.PLAIN, 16);
        }
        add(Entity.TOKEN, "sendgrid-key", "SG.", Body.DOTTED, 60);
        add(Entity.TOKEN, "shopify-token", "shpat_", Body.PLAIN, 32);
    }

    private void models() {
        // OpenAI and those who took its form over, Anthropic, OpenRouter, Hugging Face, Groq, xAI, Perplexity,
        // Replicate, NVIDIA.
        if (actions.apply(Entity.TOKEN) != Action.OFF) {
            rules.add(new TokenRule(rule(Entity.TOKEN, "openai-key"), "sk-", Body.PLAIN, 20, true));
        }
        for (String begin : List.of("sk-proj-", "sk-svcacct-", "sk-admin-")) {
            add(Entity.TOKEN, "openai-key", begin, Body.DASHED, 20);
        }
        add(Entity.TOKEN, "anthropic-key", "sk-ant-", Body.DASHED, 20);
        add(Entity.TOKEN, "openrouter-key", "sk-or-", Body.DASHED, 32);
        add(Entity.TOKEN, "huggingface-token", "hf_", Body.PLAIN, 30);
        add(Entity.TOKEN, "groq-key", "gsk_", Body.PLAIN, 40);
        add(Entity.TOKEN, "xai-key", "xai-", Body.PLAIN, 40);
        add(Entity.TOKEN, "perplexity-key", "pplx-", Body.PLAIN, 40);
        add(Entity.TOKEN, "replicate-token", "r8_", Body.PLAIN, 37);
        add(Entity.TOKEN, "nvidia-key", "nvapi-", Body.DASHED, 40);
    }

    private void add(Entity entity, String name, String begin, Body body, int least) {
        if (actions.apply(entity) != Action.OFF) {
            rules.add(new TokenRule(rule(entity, name), begin, body, least, false));
        }
    }

    private Rule rule(Entity entity, String name) {
        return entity.rule(name, actions.apply(entity));
    }
}
