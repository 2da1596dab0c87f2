package io.fieldwatch.model.feature;

import io.fieldwatch.model.feature.FeatureVector.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the features, in the order of {@link SeriesState.Step#features()} and {@link
 * JointState.Step#features()}: those of a single series come first, then those of all sensors of a
 * device together. Whichever of the two a window is not of are 0.
 *
 * <p>Names starting with {@code foremost} are the same numbers sorted: {@code foremost.surprise.2}
 * is the second greatest of all {@code *.surprise}; {@code strongest} ones leave out the statistics
 * that came in later, so that models that weigh them score as they always did. A model that weighs
 * only those asks "how many statistics are unusual, and how much" and not "which", and so carries
 * over to series it has never seen; {@link #statisticBehind} tells which statistic it was. {@code
 * joint} ones do the same with the statistics of a device; {@code together} alone says that the
 * window is one of a device, by 1.
 */
public final class FeatureNames {
  /**
   * Raised whenever a feature of the same name means another number; a model names the version it
   * was trained on.
   */
  public static final int VERSION = 2;

  /** What a model must weigh to score all sensors of a device together. */
  public static final String TOGETHER = "together";

  private static final List<String> ALL = names();
  private static final Map<String, Integer> INDEX = indexOf(ALL);
  private static final int TOGETHER_PLACE = indexOf(TOGETHER).orElseThrow();

  private FeatureNames() {}

  /**
   * Whether these are features of all sensors of a device together; not where it was too young to
   * compare its sensors.
   */
  public static boolean areOfDevice(double[] features) {
    return features[TOGETHER_PLACE] > 0;
  }

  /** Every feature's name, in order. */
  public static List<String> all() {
    return ALL;
  }

  /** Where the feature stands in the vector, if there is one of that name. */
  public static Optional<Integer> indexOf(String name) {
    return Optional.ofNullable(INDEX.get(name));
  }

  /**
   * The statistic a feature speaks of in this vector, such as {@code spread}: its own, or for a
   * sorted feature the one that holds the rank. Empty for features that speak of all.
   */
  public static Optional<String> statisticBehind(int feature, double[] features) {
    return FeatureVector.statisticBehind(feature, features);
  }

  /**
   * What {@link #statisticBehind} names, for people: {@code level} is "the mean". Features that
   * speak of all statistics have words too.
   */
  public static String inWords(String name) {
    for (Statistic statistic : Statistic.values()) {
      if (statistic.label().equals(name)) {
        return statistic.words();
      }
    }
    for (int i = 0; i < JointStatistic.COUNT; i++) {
      if (JointStatistic.at(i).label().equals(name)) {
        return JointStatistic.at(i).words();
      }
    }
    return name.startsWith("lasting") ? "unusual for some time" : "everything together";
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (View view : View.values()) {
      for (Statistic statistic : Statistic.values()) {
        names.add(statistic.label() + '.' + view.label());
      }
    }
    addSorted("strongest", "all", names);
    names.add("lasting.short");
    names.add("lasting.long");
    addSorted("foremost", "every", names);
    names.addAll(JointVector.names());
    return List.copyOf(names);
  }

  private static void addSorted(String sorted, String mean, List<String> names) {
    for (View view : View.values()) {
      for (int rank = 1; rank <= FeatureVector.RANKS; rank++) {
        names.add(sorted + '.' + view.label() + '.' + rank);
      }
    }
    for (View view : View.values()) {
      names.add(mean + '.' + view.label());
    }
  }

  private static Map<String, Integer> indexOf(List<String> names) {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      index.put(names.get(i), i);
    }
    return Map.copyOf(index);
  }
}
