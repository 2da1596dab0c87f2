package io.fieldwatch.model.scorer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.model.feature.FeatureNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes model files: one JSON object, described in {@code docs/reference/model-file.md}.
 * A file is honoured whole or refused with a {@link ModelRejectedException} that says why; the
 * caller keeps the model it has.
 */
public final class ModelFile {
  /** What {@code format} says in every model file. */
  static final String FORMAT = "fieldwatch-anomaly-model";

  /** The newest version of the format that is understood, and the one that is written. */
  static final int FORMAT_VERSION = 2;

  /** Knew no calibration. */
  private static final int OLDEST_FORMAT_VERSION = 1;

  private static final String BUNDLED = "model.json";
  private static final int GREATEST_BYTES = 4 << 20;
  private static final String CHECKSUM_KEY = "\"checksum\" : \"";
  private static final int CHECKSUM_DIGITS = 64;
  private static final String NO_CHECKSUM = "0".repeat(CHECKSUM_DIGITS);

  private static final String CALIBRATION = "calibration";
  private static final Set<String> OLDEST_KEYS =
      Set.of(
          "format",
          "formatVersion",
          "checksum",
          "version",
          "featureVersion",
          "threshold",
          "intercept",
          "clip",
          "weights",
          "provenance",
          "metrics");
  private static final Set<String> KEYS = withCalibration(OLDEST_KEYS);
  private static final Set<String> WEIGHT_KEYS = Set.of("feature", "mean", "scale", "coefficient");
  private static final Set<String> KNOT_KEYS = Set.of("logit", "calibrated");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ModelFile() {}

  private static Set<String> withCalibration(Set<String> keys) {
    Set<String> more = new HashSet<>(keys);
    more.add(CALIBRATION);
    return Set.copyOf(more);
  }

  /** The model that ships with this program. */
  public static Model bundled() {
    try {
      return read(bundledBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the bundled model: " + e.getMessage(), e);
    }
  }

  /** The file of the model that ships with this program. */
  public static byte[] bundledBytes() throws IOException {
    try (InputStream in = ModelFile.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("Cannot read the bundled model: not on the class path");
      }
      return in.readAllBytes();
    }
  }

  /**
   * Reads to the end of the stream, which stays open.
   *
   * @throws ModelRejectedException if the file cannot be honoured
   * @throws IOException if the stream fails
   */
  public static Model read(InputStream in) throws IOException {
    return read(in.readNBytes(GREATEST_BYTES + 1));
  }

  /**
   * Reads the bytes of a whole file.
   *
   * @throws ModelRejectedException if the file cannot be honoured
   */
  public static Model read(byte[] file) throws ModelRejectedException {
    if (file.length > GREATEST_BYTES) {
      throw new ModelRejectedException(
          "Cannot read model: larger than " + GREATEST_BYTES + " bytes");
    }
    JsonNode root = parse(file);
    JsonNode format = root.path("format");
    if (!format.isTextual() || !format.textValue().equals(FORMAT)) {
      throw new ModelRejectedException(
          "Cannot read model: 'format' is not '" + FORMAT + "', so this is another kind of file");
    }
    int formatVersion = integer(root, "formatVersion");
    if (formatVersion < OLDEST_FORMAT_VERSION || formatVersion > FORMAT_VERSION) {
      throw new ModelRejectedException(
          "Cannot read model: its format is version %d, this program knows %d to %d"
              .formatted(formatVersion, OLDEST_FORMAT_VERSION, FORMAT_VERSION));
    }
    verifyChecksum(file, text(root, "checksum"));
    boolean isCalibrated = formatVersion > OLDEST_FORMAT_VERSION;
    refuseUnknownKeys(root, isCalibrated ? KEYS : OLDEST_KEYS, "", formatVersion);
    int featureVersion = integer(root, "featureVersion");
    if (featureVersion != FeatureNames.VERSION) {
      throw new ModelRejectedException(
          "Cannot read model: trained on features of version %d, this program computes %d"
              .formatted(featureVersion, FeatureNames.VERSION));
    }
    try {
      Model model =
          new Model(
              text(root, "version"),
              number(root, "threshold"),
              number(root, "intercept"),
              number(root, "clip"),
              weights(root));
      return isCalibrated ? model.calibratedBy(calibration(root)) : model;
    } catch (IllegalArgumentException e) {
      throw new ModelRejectedException("Cannot read model: " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(byte[] file) throws ModelRejectedException {
    JsonNode root;
    try {
      root = JSON.readTree(file);
    } catch (JsonProcessingException e) {
      throw new ModelRejectedException(
          "Cannot read model: damaged or no JSON, " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelRejectedException("Cannot read model: " + e.getMessage(), e);
    }
    if (!root.isObject()) {
      throw new ModelRejectedException("Cannot read model: not a JSON object");
    }
    return root;
  }

  private static List<Weight> weights(JsonNode root) throws ModelRejectedException {
    List<Weight> weights = new ArrayList<>();
    for (JsonNode weight : array(root, "weights")) {
      refuseUnknownKeys(weight, WEIGHT_KEYS, "weights.", FORMAT_VERSION);
      weights.add(
          new Weight(
              text(weight, "feature"),
              number(weight, "mean"),
              number(weight, "scale"),
              number(weight, "coefficient")));
    }
    return weights;
  }

  private static Calibration calibration(JsonNode root) throws ModelRejectedException {
    List<Calibration.Knot> knots = new ArrayList<>();
    for (JsonNode knot : array(root, CALIBRATION)) {
      refuseUnknownKeys(knot, KNOT_KEYS, CALIBRATION + '.', FORMAT_VERSION);
      knots.add(new Calibration.Knot(number(knot, "logit"), number(knot, "calibrated")));
    }
    return new Calibration(knots);
  }

  private static JsonNode array(JsonNode root, String key) throws ModelRejectedException {
    JsonNode array = root.path(key);
    if (!array.isArray()) {
      throw new ModelRejectedException("Cannot read model: '" + key + "' is not an array");
    }
    return array;
  }

  private static void refuseUnknownKeys(
      JsonNode node, Set<String> known, String where, int formatVersion)
      throws ModelRejectedException {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw new ModelRejectedException(
            "Cannot read model: '%s%s' is not part of format version %d"
                .formatted(where, key, formatVersion));
      }
    }
  }

  private static String text(JsonNode node, String key) throws ModelRejectedException {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw new ModelRejectedException("Cannot read model: '" + key + "' is no text");
    }
    return value.textValue();
  }

  private static double number(JsonNode node, String key) throws ModelRejectedException {
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      throw new ModelRejectedException("Cannot read model: '" + key + "' is no number");
    }
    return value.doubleValue();
  }

  private static int integer(JsonNode node, String key) throws ModelRejectedException {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new ModelRejectedException("Cannot read model: '" + key + "' is no integer");
    }
    return value.intValue();
  }

  /**
   * The file's bytes.
   *
   * @param provenance where the model comes from: texts, numbers, lists and maps of them
   * @param metrics how good it was, likewise
   */
  public static byte[] write(Model model, Map<String, ?> provenance, Map<String, ?> metrics) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("formatVersion", FORMAT_VERSION);
    root.put("checksum", NO_CHECKSUM);
    root.put("version", model.version());
    root.put("featureVersion", FeatureNames.VERSION);
    root.put("threshold", model.threshold());
    root.put("intercept", model.intercept());
    root.put("clip", model.clip());
    ArrayNode weights = root.putArray("weights");
    for (Weight weight : model.weights()) {
      weights
          .addObject()
          .put("feature", weight.feature())
          .put("mean", weight.mean())
          .put("scale", weight.scale())
          .put("coefficient", weight.coefficient());
    }
    ArrayNode knots = root.putArray(CALIBRATION);
    for (Calibration.Knot knot : model.calibration().knots()) {
      knots.addObject().put("logit", knot.logit()).put("calibrated", knot.calibrated());
    }
    root.set("provenance", JSON.valueToTree(provenance));
    root.set("metrics", JSON.valueToTree(metrics));
    return withChecksum(render(root));
  }

  private static byte[] render(ObjectNode root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return (JSON.writer(printer).writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write model: " + e.getOriginalMessage(), e);
    }
  }

  static byte[] withChecksum(byte[] file) {
    byte[] digits = checksum(file).getBytes(StandardCharsets.US_ASCII);
    byte[] result = file.clone();
    System.arraycopy(digits, 0, result, checksumPlace(file), CHECKSUM_DIGITS);
    return result;
  }

  private static void verifyChecksum(byte[] file, String said) throws ModelRejectedException {
    int place = checksumPlace(file);
    if (place < 0 || place + CHECKSUM_DIGITS > file.length) {
      throw new ModelRejectedException("Cannot read model: its checksum was moved or removed");
    }
    byte[] blank = file.clone();
    System.arraycopy(
        NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII), 0, blank, place, CHECKSUM_DIGITS);
    String actual = checksum(blank);
    if (!actual.equals(said)) {
      throw new ModelRejectedException(
          "Cannot read model: its checksum says %s, its content gives %s; it was damaged or edited"
              .formatted(said, actual));
    }
  }

  /** Where the digits begin, or -1. The key is looked for in bytes, so that layout counts too. */
  private static int checksumPlace(byte[] file) {
    int key = new String(file, StandardCharsets.ISO_8859_1).indexOf(CHECKSUM_KEY);
    return key < 0 ? -1 : key + CHECKSUM_KEY.length();
  }

  private static String checksum(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
    }
  }
}
