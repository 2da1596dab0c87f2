package io.fieldwatch.stream.job;

/**
 * The {@link Milestones} of this process. Tasks cannot be handed an object of the driver: in local
 * mode they find it here, being in the driver's process; elsewhere nobody watches them.
 */
final class ProcessMilestones {
  private static volatile Milestones watching = Milestones.UNWATCHED;

  private ProcessMilestones() {}

  static void watch(Milestones milestones) {
    watching = milestones;
  }

  static void reached(Milestone milestone) {
    watching.reached(milestone);
  }
}
