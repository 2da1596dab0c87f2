package io.fieldwatch.stream.job;

/**
 * Is told where the job is. A test's own main hands one to {@link Driver} to end the process at a
 * place of its choice, or to throw there, which for a task means that Spark runs it again.
 *
 * <p>Called on the thread that reached the milestone, by several threads at a time, and waited for.
 */
@FunctionalInterface
public interface Milestones {
  /** Does nothing. */
  Milestones UNWATCHED = milestone -> {};

  void reached(Milestone milestone);
}
