package dev.weir.admin;

import java.util.List;

/** Texts that the bench offers: made up, dense in what guards look for and in what only looks like it. */
record SampleTexts(String label, String text) {

    static final List<SampleTexts> ALL = List.of(
            new SampleTexts(
                    "Names and numbers",
                    "Dear Ms Kowalski, write to anna.kowalski@example.org or call +44 20 7946 0018 before noon. Your order"
                            + " 4111111111111112 was paid with card 4111 1111 1111 1111; refunds go to GB82 WEST 1234 5698"
                            + " 7654 32. The meeting is on 12/05/2026 at 10.15, room 192.168."),
            new SampleTexts("Markdown and code", """
                    ## How to connect

                    1. Open `https://user:hunter2@db.example.org/main`.
                    2. Run the query:

                    ```sql
                    SELECT name, mail FROM people WHERE host = '10.20.30.40';
                    ```

                    | host | mail |
                    | --- | --- |
                    | a | ben@example.org |
                    """),
            new SampleTexts(
                    "Many scripts",
                    "Grüße aus Köln 👩‍👩‍👧‍👦! שלום לכם, write to דוד at david@example.org. e\u0301te\u0301,"
                            + " ｆｕｌｌ width, zero\u200Bwidth, 𝒎𝒂𝒕𝒉 letters."),
            new SampleTexts("Plain prose", """
                    A weir is a low dam across a river. It raises the water above it a little and lets the rest run over \
                    its crest, so that mills had their head of water and boats could pass through a lock beside it."""));
}
