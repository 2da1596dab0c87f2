package io.fieldwatch.model.training;

/** A window's start, features and probability. */
record ScoredWindow(long startMillis, double probability, double[] features) {}
