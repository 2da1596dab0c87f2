package io.fieldwatch.agent.spool;

import java.util.random.RandomGenerator;

/** Names of epochs: ten characters of base 32, 50 random bits. */
final class Epochs {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 10;

  private Epochs() {}

  static String next(RandomGenerator random) {
    StringBuilder name = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
