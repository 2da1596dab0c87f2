package io.fieldwatch.model.training;

/** A window's start, features and probability. */
@SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
record ScoredWindow(long startMillis, double probability, double[] features) {}
