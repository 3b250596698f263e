package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.None;
import io.drivemark.architectures.checkpoint.PickleValues.OtherKey;
import io.drivemark.architectures.checkpoint.PickleValues.Tuple;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle, protocol 0 to 5, into dictionaries, lists, tuples, texts, numbers and
 * references to tensors. A pickle is a program; this machine has no instruction that runs anything:
 * {@link PickleCalls} builds what it knows and makes an opaque value of all else.
 *
 * <p>Work and memory are in proportion to the bytes read: keys of dictionaries are texts and whole
 * numbers alone, no value is compared or printed, what is copied is counted, and there is a most
 * number of instructions. Not thread-safe.
 *
 * <p>Format: Python's {@code pickletools}; PyTorch's use of it: {@code torch/serialization.py}.
 */
final class PickleReader {
  /** About ten networks of a thousand layers with the state of their optimiser. */
  private static final int MOST_INSTRUCTIONS = 3_000_000;

  private static final int LONGEST_KEY = 512;
  private static final int LONGEST_LINE = 10_000;
  private static final Object MARK = new Object();

  private final PickleInput in;
  private final PickleCalls calls;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  PickleReader(PickleInput in) {
    this.in = in;
    this.calls = new PickleCalls(in);
  }

  /** The storages that the pickle refers to, by key. */
  Map<String, StoredTensor.StorageRef> storages() {
    return calls.storages();
  }

  /**
   * Reads the pickle.
   *
   * @throws BadInputException if it ends early, is damaged, or names what only an attack needs
   */
  Object read() throws IOException {
    in.begin();
    try {
      for (int count = 0; count < MOST_INSTRUCTIONS; count++) {
        long at = in.position();
        int opcode = in.u8();
        if (opcode == '.') {
          return pop(at);
        }
        step(opcode, at);
      }
    } catch (IndexOutOfBoundsException | ClassCastException | NumberFormatException e) {
      throw calls.damaged(in.position(), "what an instruction needs is not there");
    }
    throw new BadInputException(
        in.subject()
            + ": its pickle has more than "
            + MOST_INSTRUCTIONS
            + " instructions, too many for a network; save the network's state_dict() alone");
  }

  private void step(int opcode, long at) throws IOException {
    switch (opcode) {
      case 0x80 -> in.u8(); // protocol
      case 0x95 -> in.i64(); // frame length
      case '(' -> stack.add(MARK);
      case '0' -> pop(at);
      case '1' -> popMark(at);
      case '2' -> stack.add(top(at));
      case '}' -> stack.add(new LinkedHashMap<Object, Object>(2));
      case ']' -> stack.add(new ArrayList<Object>(0));
      case 0x8f -> stack.add(new ArrayList<Object>(0)); // a set, kept as a list
      case ')' -> stack.add(new Tuple(List.of()));
      case 'd' -> stack.add(putAll(new LinkedHashMap<>(), popMark(at), at));
      case 'l', 0x91 -> stack.add(popMark(at));
      case 't' -> stack.add(new Tuple(popMark(at)));
      case 0x85 -> stack.add(tuple(1, at));
      case 0x86 -> stack.add(tuple(2, at));
      case 0x87 -> stack.add(tuple(3, at));
      case 's' -> {
        Object value = pop(at);
        Object key = pop(at);
        putAll(dictionary(at), List.of(key, value), at);
      }
      case 'u' -> {
        List<Object> items = popMark(at);
        putAll(dictionary(at), items, at);
      }
      case 'a' -> {
        Object value = pop(at);
        list(at).add(value);
      }
      case 'e', 0x90 -> {
        List<Object> items = popMark(at);
        list(at).addAll(items);
      }
      case 'q' -> memo.put(in.u8(), top(at));
      case 'r' -> memo.put(in.i32(), top(at));
      case 0x94 -> memo.put(memo.size(), top(at));
      case 'p' -> memo.put(Integer.parseInt(line(at)), top(at));
      case 'h' -> stack.add(recalled(in.u8(), at));
      case 'j' -> stack.add(recalled(in.i32(), at));
      case 'g' -> stack.add(recalled(Integer.parseInt(line(at)), at));
      default -> call(opcode, at);
    }
  }

  private void call(int opcode, long at) throws IOException {
    switch (opcode) {
      case 'c' -> stack.add(calls.named(line(at), line(at), at));
      case 0x93 -> {
        Object attribute = pop(at);
        stack.add(calls.named(text(pop(at), at), text(attribute, at), at));
      }
      case 'R', 0x81 -> {
        Object arguments = pop(at);
        stack.add(calls.call(pop(at), arguments, at));
      }
      case 0x92 -> { // with keyword arguments
        pop(at);
        Object arguments = pop(at);
        stack.add(calls.call(pop(at), arguments, at));
      }
      case 'i' -> {
        Object function = calls.named(line(at), line(at), at);
        stack.add(calls.call(function, new Tuple(popMark(at)), at));
      }
      case 'o' -> {
        List<Object> items = popMark(at);
        Object function = items.get(0);
        stack.add(calls.call(function, new Tuple(items.subList(1, items.size())), at));
      }
      case 'b' -> {
        Object state = pop(at);
        calls.build(top(at), state, at);
      }
      case 'Q' -> stack.add(calls.storage(pop(at), at));
      default -> stack.add(literal(opcode, at));
    }
  }

  private Object literal(int opcode, long at) throws IOException {
    return switch (opcode) {
      case 'N' -> None.NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> (long) in.u8();
      case 'M' -> (long) in.u16();
      case 'J' -> (long) in.i32();
      case 0x8a -> integer(in.take(in.u8()));
      case 0x8b -> integer(in.take(in.i32()));
      case 'I' -> {
        String text = line(at);
        yield text.equals("00") ? (Object) false : text.equals("01") ? true : number(text, at);
      }
      case 'L' -> number(line(at).replaceFirst("L$", ""), at);
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(in.i64()));
      case 'F' -> Double.valueOf(line(at));
      case 'X' -> utf8(in.take(in.i32()));
      case 0x8c -> utf8(in.take(in.u8()));
      case 0x8d -> utf8(in.take(in.i64()));
      case 'T' -> latin1(in.take(in.i32())); // texts of Python 2
      case 'U' -> latin1(in.take(in.u8()));
      case 'B' -> in.take(in.i32());
      case 'C' -> in.take(in.u8());
      case 0x8e, 0x96 -> in.take(in.i64());
      case 'V', 'S' -> line(at);
      default ->
          throw calls.damaged(
              at, String.format(java.util.Locale.ROOT, "no state dict has opcode 0x%02x", opcode));
    };
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Object integer(byte[] little) {
    for (int i = 0; i < little.length / 2; i++) {
      byte swap = little[i];
      little[i] = little[little.length - 1 - i];
      little[little.length - 1 - i] = swap;
    }
    BigInteger value = little.length == 0 ? BigInteger.ZERO : new BigInteger(little);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private String line(long at) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.u8(); c != '\n'; c = in.u8()) {
      text.append((char) c);
      if (text.length() > LONGEST_LINE) {
        throw calls.damaged(at, "a line without an end");
      }
    }
    return text.toString();
  }

  private Object number(String text, long at) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw calls.damaged(at, "found " + text + ", expected a whole number");
    }
  }

  private String text(Object value, long at) {
    if (value instanceof String text) {
      return text;
    }
    throw calls.damaged(at, "a name that is no text");
  }

  private Tuple tuple(int size, long at) {
    Object[] items = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = pop(at);
    }
    return new Tuple(List.of(items));
  }

  /** Other keys than texts and whole numbers stand for themselves, each a new one. */
  private Map<Object, Object> putAll(Map<Object, Object> map, List<Object> items, long at) {
    if (items.size() % 2 != 0) {
      throw calls.damaged(at, "a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      map.put(key(items.get(i)), items.get(i + 1));
    }
    return map;
  }

  static Object key(Object key) {
    boolean plain = key instanceof Long || key instanceof String s && s.length() <= LONGEST_KEY;
    return plain ? key : new OtherKey();
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> dictionary(long at) {
    if (top(at) instanceof PickleValues.Foreign) {
      return new HashMap<>(); // items of an unknown kind of dictionary
    }
    return (Map<Object, Object>) top(at);
  }

  @SuppressWarnings("unchecked")
  private List<Object> list(long at) {
    if (top(at) instanceof PickleValues.Foreign) {
      return new ArrayList<>(); // items of an unknown kind of list
    }
    return (List<Object>) top(at);
  }

  private Object recalled(int key, long at) {
    Object value = memo.get(key);
    if (value == null) {
      throw calls.damaged(at, "memo " + key + " is empty");
    }
    return value;
  }

  private Object top(long at) {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw calls.damaged(at, "the stack is empty");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop(long at) {
    Object value = top(at);
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> popMark(long at) {
    int mark = stack.size() - 1;
    while (mark >= 0 && stack.get(mark) != MARK) {
      mark--;
    }
    if (mark < 0) {
      throw calls.damaged(at, "there is no mark on the stack");
    }
    List<Object> items = new ArrayList<>(stack.subList(mark + 1, stack.size()));
    stack.subList(mark, stack.size()).clear();
    return items;
  }
}
