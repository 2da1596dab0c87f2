package io.fieldwatch.stream.influx;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
  private final Lines lines = new Lines();

  @Test
  void writesTagsFieldsAndTime() {
    lines
        .point("window")
        .tag("device", "d-1")
        .tag("site", "lab")
        .field("mean", 0.1)
        .field("count", 3L)
        .flag("final", true)
        .field("unit", "%RH")
        .at(1_700_000_000_000L);

    assertThat(lines.slice(0, 1))
        .isEqualTo(
            "window,device=d-1,site=lab mean=0.1,count=3i,final=true,unit=\"%RH\" 1700000000000\n");
  }

  @Test
  void letsNoTextBreakOutOfItsField() {
    lines.point("m").field("unit", "a\"b\\c\nd v=1i 5").at(1);

    assertThat(lines.slice(0, 1)).isEqualTo("m unit=\"a\\\"b\\\\c d v=1i 5\" 1\n");
  }

  @Test
  void leavesOutWhatInfluxCannotHold() {
    lines.point("m").field("a", Double.NaN).field("b", 1.0).at(1);
    lines.point("m").field("a", Double.POSITIVE_INFINITY).at(2);

    assertThat(lines.size()).isEqualTo(1);
    assertThat(lines.slice(0, 1)).isEqualTo("m b=1 1\n");
  }

  @Property
  void writesEveryNumberSoThatItReadsTheSame(@ForAll double any, @ForAll short whole) {
    double decimal = whole / 1000.0;
    lines.point("m").field("any", any).field("decimal", decimal).at(1);

    String[] words = lines.slice(lines.size() - 1, lines.size()).split("[=, ]");
    assertThat(Double.parseDouble(words[2])).isEqualTo(any);
    assertThat(Double.parseDouble(words[4])).isEqualTo(decimal);
  }

  @ParameterizedTest
  @CsvSource({"21.05,21.05", "-0.5,-0.5", "-3,-3", "0,0", "1e10,10000000000", "0.0001,0.0001"})
  void writesDecimalsAsPeopleDo(double value, String text) {
    lines.point("m").field("v", value).at(1);

    assertThat(lines.slice(0, 1)).isEqualTo("m v=" + text + " 1\n");
  }

  @Test
  void givesSlicesByPoint() {
    lines.point("a").field("v", 1L).at(1);
    lines.point("b").field("v", 2L).at(2);
    lines.point("c").field("v", 3L).at(3);

    assertThat(lines.slice(1, 3)).isEqualTo("b v=2i 2\nc v=3i 3\n");
  }
}
