package dev.weir.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets by how they begin; the sources of the forms are named in {@link Tokens}. All values are made up. */
class TokensTest {

    private static final String A20 = "aB3dE6gH9jK2mN5pQ8sT";
    private static final String A40 = A20 + A20;
    private static final String HEX = "0123456789abcdef0123456789abcdef";

    /** {@code @20}, {@code @40} and {@code @hex} stand for that many letters and digits. */
    private static String filled(String text) {
        return text.replace("@20", A20).replace("@40", A40).replace("@hex", HEX);
    }

    @ParameterizedTest
    @CsvSource({
        "AKIAABCDEFGH01234567, aws-access-key",
        "ASIAABCDEFGH01234567, aws-access-key",
        "AIzaSy@20-_3456789abcd, google-api-key",
        "ya29.@20-@20, google-oauth-token",
        "GOCSPX-@20-_345678, google-client-secret",
        "AccountKey=@40@40ab+/cd==, azure-storage-key",
        "SharedAccessKey=@40abc=, azure-shared-key",
        "sig=@40abc%3D, azure-sas",
        "abC8Q~@20.abcdefghijkl, azure-client-secret",
        "dop_v1_@hex@hex, digitalocean-token",
        "LTAI5t@20, alibaba-access-key",
        "hvs.@20abcd, vault-token",
        "dapi@hex, databricks-token",
        "ghp_@20abcdefghijklmnop, github-token",
        "gho_@20abcdefghijklmnop, github-token",
        "github_pat_@20_@40, github-token",
        "glpat-@20, gitlab-token",
        "glrt-@20, gitlab-token",
        "ATATT3@40abcdefghij=01, atlassian-token",
        "ATBB@20abcd, bitbucket-token",
        "npm_@20abcdefghijklmnop, npm-token",
        "pypi-AgEIcHlwaS5vcmc@40abcdefghij, pypi-token",
        "dckr_pat_@20, docker-token",
        "xoxb-123456789012-@20, slack-token",
        "xoxp-123456789012-@20, slack-token",
        "xapp-1-A0B1-@20, slack-token",
        "hooks.slack.com/services/T000/B000/@20, slack-webhook",
        "sk_live_@20, stripe-key",
        "rk_test_@20, stripe-key",
        "whsec_@20, stripe-key",
        "SG.@20ab.@40abc, sendgrid-key",
        "shpat_@hex, shopify-token",
        "sk-@40abcdefgh, openai-key",
        "sk-proj-@20_-abc, openai-key",
        "sk-ant-api03-@40, anthropic-key",
        "sk-or-v1-@hex, openrouter-key",
        "hf_@20abcdefghijklmn, huggingface-token",
        "gsk_@40abcd, groq-key",
        "xai-@40abcd, xai-key",
        "pplx-@40abcd, perplexity-key",
        "r8_@20abcdefghijklmnop1, replicate-token",
        "nvapi-@40-abcd, nvidia-key",
    })
    void finds_what_issuers_give_out(String token, String rule) {
        assertThat(Redacted.whole(Map.of(), "(\"" + filled(token) + "\"), key=" + filled(token)))
                .isEqualTo("(\"[" + rule + "]\"), key=[" + rule + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPLE",
                "AKIA1234",
                "xAKIAABCDEFGH01234567",
                "akiaabcdefgh01234567",
                "ghp_short",
                "ghp_",
                "task-@20",
                "sk-learn-and-other-packages",
                "sk-abcdefghijklmnopqrstuvwxyz",
                "sk-ant-",
                "glpat-short",
                "npm_install_everything_now",
                "hf_transformers",
                "design=@40",
                "sig=short",
                "eyJ",
                "SG.1 and SG.2",
                "xoxb-",
                "AIzaShort",
                "hooks.slack.com/services/",
                "abcQ~8@20abcdefghijkl",
                "AccountKey=short"
            })
    void lets_alone_what_only_begins_so(String text) {
        assertThat(Redacted.whole(Map.of(), "a " + filled(text) + " b")).isEqualTo("a " + filled(text) + " b");
    }

    @ParameterizedTest
    @CsvSource({
        "aws_secret_access_key = @40, aws_secret_access_key = [aws-secret-key]",
        "Secret access key: @40., Secret access key: [aws-secret-key].",
        "commit @40, commit @40",
    })
    void finds_a_secret_of_aws_by_the_words_before_it(String text, String expected) {
        assertThat(Redacted.whole(Map.of(), filled(text))).isEqualTo(filled(expected));
    }
}
