package dev.weir.model.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Choices that are the same for the same question, and different for another. */
final class Dice {

    private final Random random;

    Dice(String question, int variant) {
        this.random = new Random(question.hashCode() * 31L + variant * 0x9E3779B97F4A7C15L);
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** So many of them, in their own order. */
    List<String> some(List<String> all, int count) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return order.stream()
                .limit(Math.min(count, all.size()))
                .sorted()
                .map(all::get)
                .toList();
    }

    /** From {@code least} to {@code most}, both possible. */
    int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
