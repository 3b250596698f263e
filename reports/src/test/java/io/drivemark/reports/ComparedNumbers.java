package io.drivemark.reports;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file does with numbers: where it reads one of a network (from a record, a decision
 * or a contender), and where it compares two numbers with a fraction, or two long ones. Comparing
 * means a comparing instruction, or a call that compares, orders or picks the largest. Whole
 * numbers of 32 bits are not watched: they are counts, places and codes.
 */
final class ComparedNumbers {
  /** Where networks' numbers come from. */
  private static final List<String> SOURCES =
      List.of(
          "io/drivemark/eval/runner/record/",
          "io/drivemark/eval/decide/",
          "io/drivemark/reports/board/");

  private static final Set<String> NUMBERS =
      Set.of("D", "J", "Ljava/util/OptionalDouble;", "Ljava/util/OptionalLong;");

  private static final Set<String> COMPARING =
      Set.of(
          "java/lang/Double.compare",
          "java/lang/Double.compareTo",
          "java/lang/Long.compare",
          "java/lang/Long.compareTo",
          "java/lang/Comparable.compareTo",
          "java/lang/Double.max",
          "java/lang/Double.min",
          "java/lang/Long.max",
          "java/lang/Long.min",
          "java/util/Comparator.comparing",
          "java/util/Comparator.comparingDouble",
          "java/util/Comparator.comparingLong",
          "java/util/Comparator.naturalOrder",
          "java/util/Comparator.reverseOrder",
          "java/util/Comparator.thenComparing",
          "java/util/Comparator.thenComparingDouble",
          "java/util/Comparator.thenComparingLong",
          "java/util/Map$Entry.comparingByValue",
          "java/util/Collections.max",
          "java/util/Collections.min",
          "java/util/Arrays.sort",
          "java/util/stream/DoubleStream.max",
          "java/util/stream/DoubleStream.min",
          "java/util/stream/DoubleStream.sorted",
          "java/util/stream/DoubleStream.summaryStatistics",
          "java/util/stream/LongStream.max",
          "java/util/stream/LongStream.min",
          "java/util/stream/LongStream.sorted",
          "java/util/stream/LongStream.summaryStatistics");

  private static final Set<Integer> INSTRUCTIONS =
      Set.of(Opcodes.DCMPL, Opcodes.DCMPG, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.LCMP);

  private final List<String> reads = new ArrayList<>();
  private final List<String> comparisons = new ArrayList<>();

  /** Adds what a class file does. */
  void add(InputStream classFile) throws IOException {
    new ClassReader(classFile).accept(new Visitor(), ClassReader.SKIP_FRAMES);
  }

  /** Numbers of networks that are read, by accessor and line. */
  List<String> reads() {
    return reads;
  }

  /** Comparisons, by what compares and line. */
  List<String> comparisons() {
    return comparisons;
  }

  private final class Visitor extends ClassVisitor {
    Visitor() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new Body();
    }
  }

  private final class Body extends MethodVisitor {
    private int line;

    Body() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line = number;
    }

    @Override
    public void visitInsn(int opcode) {
      if (INSTRUCTIONS.contains(opcode)) {
        comparisons.add("< or > (line " + line + ")");
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      method(owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          method(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
    }

    private void method(String owner, String name, String descriptor) {
      String result = descriptor.substring(descriptor.indexOf(')') + 1);
      boolean accessor = descriptor.startsWith("()");
      if (accessor && NUMBERS.contains(result) && SOURCES.stream().anyMatch(owner::startsWith)) {
        reads.add(owner.replaceAll(".*[/$]", "") + "." + name + " (line " + line + ")");
      }
      String called = owner + "." + name;
      boolean widest = called.equals("java/lang/Math.max") || called.equals("java/lang/Math.min");
      if (COMPARING.contains(called) || widest && !descriptor.startsWith("(I")) {
        comparisons.add(name + " (line " + line + ")");
      }
    }
  }
}
