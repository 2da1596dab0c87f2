package io.fieldwatch.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.SenmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Good messages of every form, from which {@link DecodeFuzz} starts. */
public final class DecodeSeeds {
  private static final byte JSON = 0;
  private static final byte STATUS = 1;
  private static final byte SENML = 2;

  private final Path directory;
  private int written;

  private DecodeSeeds(Path directory) {
    this.directory = directory;
  }

  /** Writes the seeds into the directory that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    new DecodeSeeds(Files.createDirectories(Path.of(arguments[0]))).write();
  }

  private void write() throws IOException {
    Pack pack = pack();
    add(SENML, SenmlWriter.toJson(pack));
    add(SENML, SenmlWriter.toCbor(pack));
    add(SENML, zipped(SenmlWriter.toJson(pack)));
    add(SENML, zipped(SenmlWriter.toCbor(pack)));
    add(SENML, "[{'n':'lab/x1/a','t':1.7e9,'v':1}]");
    add(SENML, "[{'bn':'lab/x','n':'1/a','t':1700000000,'v':9007199254740993.5}]");
    add(
        SENML,
        "[{'bn':'lab/x1/','bt':1700000000,'bu':'Cel','bv':20,'bs':5,'bver':5,'n':'a','v':1,'ut':9},"
            + "\n {'n':'b','u':'\\u00b0C','t':-1e-3,'s':-0,'x':[{'y':null}]}]");
    add(SENML, "[{'bn':'lab/x1/','bt':1700000000,'n':'a','v':" + "9".repeat(400) + "}]");
    // Indefinite lengths, texts as labels, half and double floats, a decimal fraction.
    add(
        SENML,
        HexFormat.of()
            .parseHex(
                "9fbf62626e676c61622f78312f6262741a6553f100616e6161617"
                    + "6f94900ff"
                    + "bf006162"
                    + "02c4822119"
                    + "03e8ffff"));
    add(JSON, "{'a':21.5,'door':true,'m':{'rpm':1480,'x':{'y':-1e-3}},'time':1700000000}");
    add(JSON, "[{'a':1,'time':'2023-11-14T22:13:20.25+01:00'},{'a':2,'time':null,'s':'x'}]");
    add(JSON, zipped("{'a':1,'l':[1,{'b':2}]}".replace('\'', '"').getBytes(UTF_8)));
    add(
        STATUS,
        "{'state':'online','reason':'heartbeat','epoch':'k3f9q2','agent':'0.1.0',"
            + "'time':1700000000250,'counts':{'producedReadings':5200,'producedPacks':1041,"
            + "'acknowledgedPacks':1040,'acknowledgedReadings':5195,'droppedReadings':0,"
            + "'spoolPacks':1,'spoolReadings':5},"
            + "'sensors':[{'name':'temperature','unit':'Cel','intervalSeconds':1.5}]}");
    add(
        STATUS,
        "{'state':'offline','reason':'connection-lost','epoch':'e','agent':'1','time':0,"
            + "'sensors':[]}");
  }

  private static Pack pack() {
    return new Pack(
        new DeviceId("lab", "x1"),
        Optional.of(new PackId("k3f9q2", 1041)),
        List.of(
            new Reading("temperature", 1_700_000_000_250L, 21.5, "Cel"),
            new Reading("running", 1_700_000_000_250L, 1, "", ValueKind.BOOLEAN),
            new Reading("energy", 1_700_000_000_750L, 123456.1, "Wh", ValueKind.SUM)));
  }

  private void add(byte reader, String text) throws IOException {
    add(reader, text.replace('\'', '"').getBytes(UTF_8));
  }

  private void add(byte reader, byte[] message) throws IOException {
    byte[] input = new byte[message.length + 1];
    input[0] = reader;
    System.arraycopy(message, 0, input, 1, message.length);
    Files.write(directory.resolve("seed-" + written), input);
    written++;
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
