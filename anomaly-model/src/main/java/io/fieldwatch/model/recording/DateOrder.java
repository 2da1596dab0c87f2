package io.fieldwatch.model.recording;

/** Which number of a date such as 3/4/2014 comes first. */
enum DateOrder {
  MONTH_FIRST,
  DAY_FIRST
}
