package dev.weir.gate;

/**
 * An error in words.
 *
 * @param reference under which the log has more; empty when there is nothing more
 */
record ErrorText(int status, String title, String code, String detail, String reference) {

    static ErrorText of(int status, String reference) {
        return switch (status) {
            case 400 -> new ErrorText(400, "Bad request", "bad-request", "The request could not be read.", reference);
            case 403 ->
                new ErrorText(
                        403,
                        "Not allowed",
                        "forbidden",
                        "Your account does not allow this. If you need it, ask an administrator for the role.",
                        reference);
            case 404 -> new ErrorText(404, "Not found", "not-found", "There is nothing at this address.", reference);
            case 405 ->
                new ErrorText(
                        405,
                        "Method not allowed",
                        "method-not-allowed",
                        "This address does not take that method.",
                        reference);
            case 413 -> new ErrorText(413, "Too large", "too-large", "The request is larger than allowed.", reference);
            case 503 ->
                new ErrorText(
                        503, "Not ready", "not-ready", "Weir can't answer now. Try again in a moment.", reference);
            default -> status < 500 ? refused(status, reference) : failed(status, reference);
        };
    }

    Problem problem() {
        return new Problem(status, title, code, sentence());
    }

    /** @param root the application's context path: nothing for the server's root */
    String page(String root) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s · Weir</title>
                <script src="%3$s/assets/theme.js"></script>
                <link rel="icon" type="image/svg+xml" href="%3$s/assets/weir.svg">
                <link rel="stylesheet" href="%3$s/assets/theme.css">
                <link rel="stylesheet" href="%3$s/assets/sign-in.css">
                <main>
                <img src="%3$s/assets/weir.svg" alt="" width="44" height="44">
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p><a href="%3$s/">Go to your conversations</a></p>
                </main>
                </html>
                """.formatted(title, sentence(), root);
    }

    private String sentence() {
        return reference.isEmpty() ? detail : detail + " Reference: " + reference + ".";
    }

    private static ErrorText refused(int status, String reference) {
        return new ErrorText(status, "Request refused", "refused", "The request could not be accepted.", reference);
    }

    private static ErrorText failed(int status, String reference) {
        return new ErrorText(
                status,
                "Something failed",
                "internal",
                "Something failed on our side. Give your administrator the reference.",
                reference);
    }
}
