package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.Global;
import io.drivemark.architectures.checkpoint.PickleValues.None;
import io.drivemark.architectures.checkpoint.PickleValues.StorageRef;
import io.drivemark.architectures.checkpoint.PickleValues.TensorRef;
import io.drivemark.architectures.checkpoint.PickleValues.Tuple;
import io.drivemark.problem.BadInputException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one pickle, protocol 0 to 4 as far as state dicts use it, into dictionaries, lists, tuples,
 * texts, numbers and references to tensors. A pickle is a program; this machine has no instruction
 * that runs anything: a name of a function or class that is not in {@link Global} ends the reading.
 * Not thread-safe.
 *
 * <p>Format: Python's {@code pickletools}; PyTorch's use of it: {@code torch/serialization.py}.
 */
final class PickleReader {
  private static final Object MARK = new Object();

  private final String subject;
  private final ByteBuffer bytes;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * @param subject what to call the file in messages
   * @param bytes read from their position, which ends behind the pickle
   */
  PickleReader(String subject, ByteBuffer bytes) {
    this.subject = subject;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads the pickle.
   *
   * @throws BadInputException if it ends early, is damaged, or names a foreign class
   */
  Object read() {
    int start = bytes.position();
    try {
      while (true) {
        int at = bytes.position();
        int opcode = bytes.get() & 0xFF;
        if (opcode == '.') {
          return pop(at);
        }
        step(opcode, at);
      }
    } catch (BufferUnderflowException e) {
      throw new BadInputException(
          subject
              + ": truncated: the pickle that starts at byte "
              + start
              + " goes on beyond the file's end at byte "
              + bytes.limit()
              + "; copy the file again",
          e);
    } catch (IndexOutOfBoundsException
        | ClassCastException
        | ArithmeticException
        | NumberFormatException e) {
      throw damaged(bytes.position(), e.toString());
    }
  }

  private void step(int opcode, int at) {
    switch (opcode) {
      case 0x80 -> bytes.get(); // protocol
      case 0x95 -> bytes.getLong(); // frame length
      case '(' -> stack.add(MARK);
      case '0' -> pop(at);
      case '1' -> popMark(at);
      case '2' -> stack.add(top(at));
      case '}' -> stack.add(new LinkedHashMap<Object, Object>());
      case ']' -> stack.add(new ArrayList<Object>());
      case ')' -> stack.add(new Tuple(List.of()));
      case 'd' -> stack.add(dictionary(popMark(at)));
      case 'l' -> stack.add(popMark(at));
      case 't' -> stack.add(new Tuple(popMark(at)));
      case 0x85 -> stack.add(tuple(1, at));
      case 0x86 -> stack.add(tuple(2, at));
      case 0x87 -> stack.add(tuple(3, at));
      case 's' -> {
        Object value = pop(at);
        putAll(List.of(pop(at), value), at);
      }
      case 'u' -> putAll(popMark(at), at);
      case 'a' -> {
        Object value = pop(at);
        append(List.of(value), at);
      }
      case 'e' -> append(popMark(at), at);
      case 'q' -> memo.put(bytes.get() & 0xFF, top(at));
      case 'r' -> memo.put(bytes.getInt(), top(at));
      case 0x94 -> memo.put(memo.size(), top(at));
      case 'p' -> memo.put(Integer.parseInt(line(at)), top(at));
      case 'h' -> stack.add(recalled(bytes.get() & 0xFF, at));
      case 'j' -> stack.add(recalled(bytes.getInt(), at));
      case 'g' -> stack.add(recalled(Integer.parseInt(line(at)), at));
      case 'c' -> stack.add(global(line(at), line(at), at));
      case 0x93 -> {
        Object attribute = pop(at);
        stack.add(global(pop(at) + "", attribute + "", at));
      }
      case 'R', 0x81 -> {
        Object arguments = pop(at);
        stack.add(reduce(pop(at), arguments, at));
      }
      case 'b' -> build(pop(at), at);
      case 'Q' -> stack.add(storage(pop(at), at));
      default -> stack.add(literal(opcode, at));
    }
  }

  private Object literal(int opcode, int at) {
    return switch (opcode) {
      case 'N' -> None.NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> (long) (bytes.get() & 0xFF);
      case 'M' -> (long) (bytes.getShort() & 0xFFFF);
      case 'J' -> (long) bytes.getInt();
      case 0x8a -> integer(bytes.get() & 0xFF);
      case 0x8b -> integer(bytes.getInt());
      case 'I' -> {
        String text = line(at);
        yield text.equals("00") ? (Object) false : text.equals("01") ? true : number(text, at);
      }
      case 'L' -> number(line(at).replaceFirst("L$", ""), at);
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
      case 'F' -> Double.valueOf(line(at));
      case 'X', 'T', 'B' -> text(bytes.getInt());
      case 0x8c, 'U', 'C' -> text(bytes.get() & 0xFF);
      case 0x8d, 0x8e -> text(Math.toIntExact(bytes.getLong()));
      case 'V' -> line(at);
      default ->
          throw damaged(
              at, String.format(java.util.Locale.ROOT, "no state dict has opcode 0x%02x", opcode));
    };
  }

  private Object global(String module, String attribute, int at) {
    Optional<Global> known = Global.of(module, attribute);
    if (known.isEmpty()) {
      throw new BadInputException(
          subject
              + ": names "
              + module
              + "."
              + attribute
              + " at byte "
              + at
              + ", which is no part of a state dict; nothing was run. Only tensors are read: save"
              + " the network's state_dict() from a place you trust");
    }
    return known.get();
  }

  private Object reduce(Object function, Object arguments, int at) {
    if (!(function instanceof Global global) || !(arguments instanceof Tuple given)) {
      throw damaged(at, "a call of something that is no function");
    }
    return switch (global) {
      case ORDERED_DICT -> {
        Map<Object, Object> made = new LinkedHashMap<>();
        if (given.size() > 0) {
          for (Object pair : (List<?>) given.get(0)) {
            List<?> items = pair instanceof Tuple tuple ? tuple.items() : (List<?>) pair;
            made.put(items.get(0), items.get(1));
          }
        }
        yield made;
      }
      case REBUILD_TENSOR, REBUILD_TENSOR_V2 ->
          new TensorRef(
              (StorageRef) given.get(0),
              (Long) given.get(1),
              longs((Tuple) given.get(2)),
              longs((Tuple) given.get(3)));
      case REBUILD_PARAMETER -> (TensorRef) given.get(0);
      case SIZE -> given.get(0);
      default -> throw damaged(at, "a call of " + global);
    };
  }

  /** Attributes of a dictionary, such as PyTorch's {@code _metadata}, are left aside. */
  private void build(Object state, int at) {
    if (!(top(at) instanceof Map) || !(state instanceof Map || state instanceof Tuple)) {
      throw damaged(at, "attributes of something that is no dictionary");
    }
  }

  private StorageRef storage(Object id, int at) {
    if (id instanceof Tuple tuple
        && tuple.size() >= 5
        && "storage".equals(tuple.get(0))
        && tuple.get(1) instanceof Global type
        && type.isStorage()
        && tuple.get(4) instanceof Long elements
        && elements >= 0) {
      if (tuple.size() > 5 && tuple.get(5) != None.NONE) {
        throw damaged(at, "a view on a storage, which PyTorch before 0.4 wrote; save it again");
      }
      return new StorageRef(type, tuple.get(2) + "", elements);
    }
    throw damaged(at, "a reference to something that is no storage");
  }

  private static long[] longs(Tuple tuple) {
    return tuple.items().stream().mapToLong(o -> (Long) o).toArray();
  }

  private Object integer(int length) {
    byte[] little = take(length);
    for (int i = 0; i < little.length / 2; i++) {
      byte swap = little[i];
      little[i] = little[little.length - 1 - i];
      little[little.length - 1 - i] = swap;
    }
    BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(little);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private String text(int length) {
    return new String(take(length), StandardCharsets.UTF_8);
  }

  private byte[] take(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  private String line(int at) {
    StringBuilder text = new StringBuilder();
    for (int c = bytes.get(); c != '\n'; c = bytes.get()) {
      text.append((char) (c & 0xFF));
      if (text.length() > 10_000) {
        throw damaged(at, "a line without an end");
      }
    }
    return text.toString();
  }

  private Object number(String text, int at) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw damaged(at, "found " + text + ", expected a whole number");
    }
  }

  private Tuple tuple(int size, int at) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(0, pop(at));
    }
    return new Tuple(items);
  }

  private static Map<Object, Object> dictionary(List<Object> items) {
    Map<Object, Object> made = new LinkedHashMap<>();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      made.put(items.get(i), items.get(i + 1));
    }
    return made;
  }

  @SuppressWarnings("unchecked")
  private void putAll(List<Object> items, int at) {
    ((Map<Object, Object>) top(at)).putAll(dictionary(items));
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items, int at) {
    ((List<Object>) top(at)).addAll(items);
  }

  private Object recalled(int key, int at) {
    Object value = memo.get(key);
    if (value == null) {
      throw damaged(at, "memo " + key + " is empty");
    }
    return value;
  }

  private Object top(int at) {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw damaged(at, "the stack is empty");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop(int at) {
    Object value = top(at);
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> popMark(int at) {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw damaged(at, "there is no mark on the stack");
    }
    List<Object> items = new ArrayList<>(stack.subList(mark + 1, stack.size()));
    stack.subList(mark, stack.size()).clear();
    return items;
  }

  private BadInputException damaged(int at, String what) {
    return new BadInputException(
        subject + ": no PyTorch state dict, or damaged: " + what + " at byte " + at);
  }
}
