/**
 * Checks the Grafana dashboards without a Grafana: their form by {@link
 * io.fieldwatch.dashboards.DashboardCheck#lint()}, their queries by running them on an InfluxDB as
 * Grafana would.
 */
@NullMarked
package io.fieldwatch.dashboards;

import org.jspecify.annotations.NullMarked;
