package io.fieldwatch.reading;

import static java.util.Objects.requireNonNull;

/**
 * A device within its site. Both names match {@code [A-Za-z0-9][A-Za-z0-9._-]{0,63}}, so they are
 * safe as MQTT topic levels, InfluxDB tag values and file names.
 */
public record DeviceId(String site, String device) implements Comparable<DeviceId> {
  private static final int MAX_NAME_LENGTH = 64;

  public DeviceId {
    requireName(site, "site");
    requireName(device, "device");
  }

  /**
   * Parses {@code site/device}, the key of every Kafka record.
   *
   * @throws IllegalArgumentException if the key has another form
   */
  public static DeviceId parse(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "Invalid device key '" + ForeignText.printable(key) + "': expected site/device");
    }
    return new DeviceId(key.substring(0, slash), key.substring(slash + 1));
  }

  /** The Kafka key: {@code site/device}. */
  public String key() {
    return site + '/' + device;
  }

  /** The SenML base name of the device's packs: {@code site/device/}. */
  public String baseName() {
    return site + '/' + device + '/';
  }

  /** Whether a text can be the name of a site, a device or a sensor. */
  public static boolean isName(CharSequence text) {
    int length = text.length();
    if (length == 0 || length > MAX_NAME_LENGTH || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(DeviceId other) {
    int bySite = site.compareTo(other.site);
    return bySite != 0 ? bySite : device.compareTo(other.device);
  }

  @Override
  public String toString() {
    return key();
  }

  private static void requireName(String name, String what) {
    requireNonNull(name, () -> what + " is null");
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "Invalid %s name '%s': expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}"
              .formatted(what, ForeignText.printable(name)));
    }
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
