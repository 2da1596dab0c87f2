/**
 * Devices that do not exist: believable signals and faults, a pure function of seed, device and
 * time. Imports no framework.
 */
@NullMarked
package io.fieldwatch.agent.simulator;

import org.jspecify.annotations.NullMarked;
