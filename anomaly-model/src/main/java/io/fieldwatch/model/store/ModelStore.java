package io.fieldwatch.model.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.scorer.ModelRejectedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A folder of models, on any file system of Hadoop's. A version is written once, whole, and never
 * changed: {@code {version}/model.json}. {@code current} says which is current, and before it which
 * were and since when, so that the way back is known, and which version made a score; it is
 * replaced in one step, and who reads it sees the old or the new. A crash leaves at worst a folder
 * whose name begins with a dot.
 *
 * <p>Thread safe; every method blocks for the file system.
 */
public final class ModelStore {
  private static final String CURRENT = "current";
  private static final String MODEL = "model.json";
  private static final int KEPT_PROMOTIONS = 100;
  private static final int GREATEST_CURRENT = 1 << 20;

  /** More than a model file may have, so that one that is too large is refused as such. */
  private static final int GREATEST_MODEL = 8 << 20;

  private final FileContext files;
  private final Path root;
  private final Clock clock;

  private ModelStore(FileContext files, Path root, Clock clock) {
    this.files = files;
    this.root = root;
    this.clock = clock;
  }

  /**
   * A store that may not be there yet.
   *
   * @param folder {@code hdfs://host:port/fieldwatch/models}, or a local path
   */
  public static ModelStore at(String folder, Clock clock) throws IOException {
    return at(folder, new Configuration(), clock);
  }

  /** A store that is reached with settings of Hadoop. */
  public static ModelStore at(String folder, Configuration configuration, Clock clock)
      throws IOException {
    URI uri = new Path(folder).toUri();
    FileContext files =
        uri.getScheme() == null
            ? FileContext.getLocalFSFileContext(configuration)
            : FileContext.getFileContext(uri, configuration);
    return new ModelStore(files, files.makeQualified(new Path(folder)), clock);
  }

  /** Where it is. */
  public String folder() {
    return root.toString();
  }

  /** The names of the versions there are, ascending; whether they can be honoured is not asked. */
  public List<String> versions() throws IOException {
    List<String> versions = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> entries = files.listStatus(root);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        String name = entry.getPath().getName();
        if (entry.isDirectory() && !name.startsWith(".")) {
          versions.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.sort(versions);
    return versions;
  }

  /**
   * Reads a version.
   *
   * @throws ModelStoreException if there is none of that name, or its file cannot be honoured
   */
  public StoredModel read(String version) throws IOException {
    try {
      Promotion.requireName(version);
      StoredModel stored = StoredModel.of(bytes(file(version), GREATEST_MODEL));
      String named = stored.model().version();
      if (!named.equals(version)) {
        throw new ModelStoreException(
            "Cannot use model '%s': its file is that of '%s'".formatted(version, named));
      }
      return stored;
    } catch (FileNotFoundException e) {
      throw new ModelStoreException("Cannot find model '%s' in %s".formatted(version, folder()), e);
    } catch (ModelRejectedException e) {
      throw new ModelStoreException(
          "Cannot use model '%s': %s".formatted(version, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new ModelStoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Keeps a model file under the version that it names.
   *
   * @return the version
   * @throws ModelRejectedException if the file cannot be honoured
   * @throws ModelStoreException if another file has that version
   */
  public String add(byte[] file) throws IOException {
    String version = ModelFile.read(file).version();
    Path incoming = new Path(root, ".incoming-" + UUID.randomUUID());
    write(new Path(incoming, MODEL), file);
    try {
      files.rename(incoming, new Path(root, version));
    } catch (FileAlreadyExistsException e) {
      files.delete(incoming, true);
      if (!Arrays.equals(bytes(file(version), GREATEST_MODEL), file)) {
        throw new ModelStoreException(
            "Cannot add model '%s': another file has that version, and versions never change"
                .formatted(version),
            e);
      }
    }
    return version;
  }

  /**
   * The version that is current; empty as long as none was promoted.
   *
   * @throws ModelStoreException if what says so is damaged
   */
  public Optional<String> current() throws IOException {
    List<Promotion> promotions = promotions();
    return promotions.isEmpty() ? Optional.empty() : Optional.of(promotions.get(0).version());
  }

  /**
   * Which versions were current since when, the latest first. A version that was rolled back stays,
   * and the one before it is there once more, with the time of the roll-back.
   *
   * @throws ModelStoreException if what says so is damaged
   */
  public List<Promotion> promotions() throws IOException {
    Path file = new Path(root, CURRENT);
    try {
      String text = new String(bytes(file, GREATEST_CURRENT), UTF_8);
      if (!text.endsWith("\n")) {
        throw new IllegalArgumentException("it does not end with a line feed");
      }
      return text.lines().map(Promotion::parse).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IllegalArgumentException e) {
      throw new ModelStoreException(
          "Cannot read which model is current in %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Makes a version current, in one step. A running job scores with it within a minute.
   *
   * @throws ModelStoreException if there is none of that name, or its file cannot be honoured
   */
  public void promote(String version) throws IOException {
    read(version);
    List<Promotion> before = believable();
    if (!before.isEmpty() && before.get(0).version().equals(version)) {
      return;
    }
    replace(new Promotion(version, clock.instant(), Promotion.Way.PROMOTED), before);
  }

  /** A damaged {@code current} must not keep anybody from saying what is current. */
  private List<Promotion> believable() throws IOException {
    try {
      return promotions();
    } catch (ModelStoreException e) {
      return List.of();
    }
  }

  /**
   * Makes the version current that was before this one; done twice, the one before that.
   *
   * @return that version
   * @throws ModelStoreException if there was none, or its file cannot be honoured any more
   */
  public String rollBack() throws IOException {
    List<Promotion> promotions = promotions();
    Deque<String> way = wayBack(promotions);
    if (way.size() < 2) {
      throw new ModelStoreException(
          "Cannot roll back: no model was current before %s"
              .formatted(promotions.isEmpty() ? "" : "'" + promotions.get(0).version() + "'"));
    }
    way.pop();
    String version = way.getFirst();
    read(version);
    replace(new Promotion(version, clock.instant(), Promotion.Way.ROLLED_BACK), promotions);
    return version;
  }

  /** The version that is current, and behind it those that roll-backs lead to. */
  private static Deque<String> wayBack(List<Promotion> latestFirst) {
    Deque<String> way = new ArrayDeque<>();
    for (int i = latestFirst.size() - 1; i >= 0; i--) {
      Promotion promotion = latestFirst.get(i);
      if (promotion.way() == Promotion.Way.ROLLED_BACK) {
        way.poll();
      }
      // Where the file does not go back far enough, a roll-back names a version not seen before.
      if (!promotion.version().equals(way.peek())) {
        way.push(promotion.version());
      }
    }
    return way;
  }

  private void replace(Promotion latest, List<Promotion> before) throws IOException {
    StringBuilder text = new StringBuilder(latest.line());
    before.stream().limit(KEPT_PROMOTIONS - 1).forEach(p -> text.append(p.line()));
    Path temporary = new Path(root, ".current-" + UUID.randomUUID());
    write(temporary, text.toString().getBytes(UTF_8));
    files.rename(temporary, new Path(root, CURRENT), Options.Rename.OVERWRITE);
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (FSDataOutputStream out =
        files.create(file, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent())) {
      out.write(bytes);
      out.hsync();
    }
  }

  private byte[] bytes(Path file, int most) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return in.readNBytes(most);
    }
  }

  private Path file(String version) {
    return new Path(new Path(root, requireNonNull(version, "version is null")), MODEL);
  }
}
