package io.fieldwatch.connect.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for localhost, made with the JDK's keytool.
 *
 * @param certificate a PEM file
 * @param key a PEM file
 * @param keyAndCertificate a PEM file with both, as a key store
 */
record TestCertificate(Path certificate, Path key, Path keyAndCertificate) {
  private static final String PASSWORD = "changeit";

  static TestCertificate create(Path directory, String name)
      throws IOException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    ServerProcess.start(
            directory.resolve("keytool.log"),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc:c=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD))
        .closeWhenDone();
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD.toCharArray());
    }
    String certificate = pem("CERTIFICATE", loaded.getCertificate(name).getEncoded());
    String key = pem("PRIVATE KEY", loaded.getKey(name, PASSWORD.toCharArray()).getEncoded());
    return new TestCertificate(
        Files.writeString(directory.resolve(name + ".crt"), certificate),
        Files.writeString(directory.resolve(name + ".key"), key),
        Files.writeString(directory.resolve(name + ".pem"), key + certificate));
  }

  private static String pem(String type, byte[] encoded) {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
  }
}
