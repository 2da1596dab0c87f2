package io.fieldwatch.stream.influx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.config.StreamConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Says to the server who we are. The password is read from its file when it is first needed, and
 * again after the server refused it, so that changing it needs no restart. Thread safe.
 */
final class PasswordFile implements Interceptor {
  private static final int UNAUTHORIZED = 401;

  private final StreamConfig.Login login;
  private volatile @Nullable String header;

  PasswordFile(StreamConfig.Login login) {
    this.login = login;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    String credentials = header;
    if (credentials == null) {
      credentials = Credentials.basic(login.username(), password(), UTF_8);
      header = credentials;
    }
    Response response =
        chain.proceed(chain.request().newBuilder().header("Authorization", credentials).build());
    if (response.code() == UNAUTHORIZED) {
      header = null;
    }
    return response;
  }

  private String password() throws IOException {
    try (BufferedReader file = Files.newBufferedReader(Path.of(login.passwordFile()))) {
      String line = file.readLine();
      if (line == null) {
        throw new IOException("it is empty");
      }
      return line;
    } catch (IOException e) {
      throw new IOException("Cannot read password file " + login.passwordFile() + ": " + e, e);
    }
  }
}
