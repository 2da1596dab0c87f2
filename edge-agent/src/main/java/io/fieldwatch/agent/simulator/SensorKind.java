package io.fieldwatch.agent.simulator;

import java.util.Locale;

/** What the simulator can measure, with the SenML unit and the size of ordinary noise. */
enum SensorKind {
  TEMPERATURE("Cel", 0.12, 100) {
    @Override
    double mean(Surroundings s) {
      return 21 + 4 * s.day() + 1.5 * s.weather() + 6 * s.load();
    }
  },
  HUMIDITY("%RH", 0.5, 100) {
    @Override
    double mean(Surroundings s) {
      return 48 - 9 * s.day() + 5 * s.weather() - 4 * s.load();
    }
  },
  PRESSURE("Pa", 12, 1) {
    @Override
    double mean(Surroundings s) {
      return 101_325 + 450 * s.weather() + 60 * s.day();
    }
  },
  VIBRATION("m/s2", 0.06, 1000) {
    @Override
    double mean(Surroundings s) {
      return 0.8 + 2.4 * s.load();
    }
  },
  CURRENT("A", 0.07, 1000) {
    @Override
    double mean(Surroundings s) {
      return 1.4 + 6.5 * s.load();
    }
  };

  private final String unit;
  private final double noise;
  private final double steps;

  SensorKind(String unit, double noise, double steps) {
    this.unit = unit;
    this.noise = noise;
    this.steps = steps;
  }

  /** The value without noise. */
  abstract double mean(Surroundings surroundings);

  String unit() {
    return unit;
  }

  /** Standard deviation of the noise, in the unit. */
  double noise() {
    return noise;
  }

  /** To the sensor's resolution. */
  double rounded(double value) {
    return Math.rint(value * steps) / steps;
  }

  /** The name of the n-th sensor of this kind, from 0. */
  String sensorName(int n) {
    String name = name().toLowerCase(Locale.ROOT);
    return n == 0 ? name : name + "-" + (n + 1);
  }
}
