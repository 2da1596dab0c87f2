package io.fieldwatch.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks a plugin zip into a folder that a Connect worker has on its plugin path. */
final class PluginZip {
  private static final String DONE = ".unpacked";

  private PluginZip() {}

  /** Replaces what the folder holds, unless that came from this very zip. */
  static void unpack(Path zip, Path folder) throws IOException {
    Path done = folder.resolveSibling(folder.getFileName() + DONE);
    FileTime version = Files.getLastModifiedTime(zip);
    if (Files.exists(done) && Files.getLastModifiedTime(done).equals(version)) {
      return;
    }
    deleteFiles(folder);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (var entries = file.entries(); entries.hasMoreElements(); ) {
        extract(file, entries.nextElement(), folder);
      }
    }
    Files.writeString(done, "");
    Files.setLastModifiedTime(done, version);
  }

  private static void extract(ZipFile file, ZipEntry entry, Path folder) throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException(
          "Cannot unpack %s: entry '%s' leaves the folder"
              .formatted(file.getName(), entry.getName()));
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = file.getInputStream(entry)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteFiles(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
