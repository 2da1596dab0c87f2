package io.fieldwatch.agent.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Identity of one run of the operating system. Within one run, what a process wrote survives its
 * death in the page cache; across two, what was not synced may be gone.
 */
public record BootId(String text) {
  private static final Path KERNEL_FILE = Path.of("/proc/sys/kernel/random/boot_id");

  public BootId {
    requireNonNull(text, "text is null");
  }

  /**
   * The identity the kernel gives. On a system without one every call gives another: then each
   * crash is treated like a power failure, which is safe.
   */
  public static BootId ofThisMachine() {
    try {
      return new BootId(Files.readString(KERNEL_FILE).strip());
    } catch (IOException e) {
      return new BootId(UUID.randomUUID().toString());
    }
  }

  /** A number that stands for this identity in files. */
  long hash() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
