package io.fieldwatch.stream.pulse;

/**
 * What taking the pulse costs.
 *
 * @param costMillis of the driver's threads, since the last pulse
 * @param share of the time since then
 * @param failures exceptions since the process began, none of which a batch noticed
 */
public record Upkeep(double costMillis, double share, long failures) {}
