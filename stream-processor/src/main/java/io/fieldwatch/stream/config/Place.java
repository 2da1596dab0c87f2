package io.fieldwatch.stream.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A place in a file that is being read: knows its dotted key, and takes the complaints about it.
 */
final class Place {
  private final File file;
  private final String key;

  private Place(File file, String key) {
    this.file = file;
    this.key = key;
  }

  /** The top of a file, whose problems and lines all its places share. */
  static Place top() {
    return new Place(new File(), "");
  }

  /** Below this one, where a node stands. */
  Place at(String name, Node node) {
    Place place = at(name);
    file.standsAt(place.key, Yaml.line(node));
    return place;
  }

  /** Below this one; its line is this one's unless a node was read there. */
  Place at(String name) {
    return new Place(file, key.isEmpty() ? name : key + "." + name);
  }

  /** An entry of the list that stands here, from 0. */
  Place entry(int index, Node node) {
    Place place = new Place(file, key + "[" + index + "]");
    file.standsAt(place.key, Yaml.line(node));
    return place;
  }

  void complain(String sentence) {
    file.problems.add(new Problem(key, file.lineOf(key), sentence));
  }

  void complain(String sentence, int line) {
    file.problems.add(new Problem(key, line, sentence));
  }

  int complaints() {
    return file.problems.size();
  }

  /** Every complaint in the file, by line; those without a line stand last. */
  List<Problem> problems() {
    List<Problem> sorted = new ArrayList<>(file.problems);
    sorted.sort(
        (a, b) ->
            Integer.compare(
                a.line() == 0 ? Integer.MAX_VALUE : a.line(),
                b.line() == 0 ? Integer.MAX_VALUE : b.line()));
    return sorted;
  }

  private static final class File {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    void standsAt(String key, int line) {
      if (line > 0) {
        lines.put(key, line);
      }
    }

    /** Of the key, or of what it stands in. */
    int lineOf(String key) {
      String at = key;
      while (!lines.containsKey(at)) {
        int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
        if (cut < 0) {
          return 0;
        }
        at = at.substring(0, cut);
      }
      return lines.get(at);
    }
  }
}
