package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTimeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2014-04-01 00:00:01|1396310401000",
        "2014-04-01T00:00:01Z|1396310401000",
        "2014-04-01T02:00:01.25+02:00|1396310401250",
        "2014-04-01 02:00:01.25+0200|1396310401250",
        "2014-03-31 23:00:01 -01|1396310401000",
        "2014-04-01 00:00:01 UTC|1396310401000",
        "2014-04-01 00:00:01.000000|1396310401000",
        "2014-04-01 00:00:01,25|1396310401250",
        "2014-04-01 00:01|1396310460000",
        "2014-04-01 0:01|1396310460000",
        "2014-04-01|1396310400000",
        "2014/04/01 0:00:01|1396310401000",
        "4/1/2014 12:01 AM|1396310460000",
        "04/01/14 0:01|1396310460000",
        "4/1/2014, 12:01:00 PM|1396353660000",
        "01.04.2014 0.01.00|1396310460000",
        "1.4.2014|1396310400000",
        "1396310401|1396310401000",
        "1396310401.25|1396310401250",
        "1396310401250|1396310401250",
        "1396310401250000|1396310401250",
        "1396310401250000000|1396310401250",
        "7|7000",
        "-1.5|-1500",
      })
  void timesAreReadAsPeopleAndProgramsWriteThem(String text, long millis) {
    assertThat(RowTime.parse(text)).contains(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "noon",
        "NaN",
        "1e300",
        "2014-13-01",
        "2014-02-30",
        "2014-04-01 25:00",
        "2014-04-01 12:60",
        "4/1/2014 13:00 PM",
        "2014-",
        "1.2.3",
        "12:30"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(RowTime.parse(text)).isEmpty();
  }
}
