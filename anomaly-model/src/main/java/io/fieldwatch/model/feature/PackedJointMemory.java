package io.fieldwatch.model.feature;

/** A {@link JointMemory} in about half its size, for as long as nothing is asked. Immutable. */
final class PackedJointMemory implements KeptJointMemory {
  private final String[] sensors;
  private final byte[] bytes;

  private PackedJointMemory(String[] sensors, byte[] bytes) {
    this.sensors = sensors;
    this.bytes = bytes;
  }

  /**
   * @param sensors of the memory, never changed in place
   */
  static PackedJointMemory of(JointMemory memory, String[] sensors) {
    SparseWriter out = new SparseWriter(JointMemory.mostBytes(sensors.length));
    memory.write(out);
    return new PackedJointMemory(sensors, out.toByteArray());
  }

  @Override
  public JointMemory copy() {
    JointMemory memory = JointMemory.of(sensors);
    memory.read(new SparseReader(bytes));
    return memory;
  }

  @Override
  public PackedJointMemory packed() {
    return this;
  }
}
