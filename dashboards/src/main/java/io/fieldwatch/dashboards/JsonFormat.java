package io.fieldwatch.dashboards;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * The one way dashboards are written to files: two spaces, one value a line, as Grafana's export
 * does it, so that a change shows as itself and not as a reformatted file.
 */
final class JsonFormat {

  static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonFormat() {}

  static String print(JsonNode node) {
    try {
      return MAPPER.writer(new Printer()).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print a JSON tree: " + e.getMessage(), e);
    }
  }

  private static final class Printer extends DefaultPrettyPrinter {

    Printer() {
      indentArraysWith(new DefaultIndenter("  ", "\n"));
      indentObjectsWith(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Printer();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(": ");
    }

    @Override
    public void writeEndObject(JsonGenerator out, int entries) throws IOException {
      end(out, entries, _objectIndenter, '}');
    }

    @Override
    public void writeEndArray(JsonGenerator out, int values) throws IOException {
      end(out, values, _arrayIndenter, ']');
    }

    /** Unlike the parent, writes nothing between the brackets of an empty object or array. */
    private void end(JsonGenerator out, int size, Indenter indenter, char bracket)
        throws IOException {
      _nesting--;
      if (size > 0) {
        indenter.writeIndentation(out, _nesting);
      }
      out.writeRaw(bracket);
    }
  }
}
