package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.Array;
import io.drivemark.architectures.checkpoint.PickleValues.Callable;
import io.drivemark.architectures.checkpoint.PickleValues.Dtype;
import io.drivemark.architectures.checkpoint.PickleValues.Foreign;
import io.drivemark.architectures.checkpoint.PickleValues.None;
import io.drivemark.architectures.checkpoint.PickleValues.TensorRef;
import io.drivemark.architectures.checkpoint.PickleValues.Tuple;
import io.drivemark.architectures.checkpoint.StoredTensor.StorageRef;
import io.drivemark.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What functions and classes named in a pickle stand for: tensors, arrays, dictionaries and their
 * element types are built, all else is an opaque value. Nothing is run. Not thread-safe.
 */
final class PickleCalls {
  /** Modules that no checkpoint has a use for, but an attack has. */
  private static final Set<String> ATTACKS =
      Set.of(
          "asyncio",
          "code",
          "commands",
          "ctypes",
          "importlib",
          "nt",
          "os",
          "pdb",
          "pip",
          "posix",
          "pty",
          "runpy",
          "shutil",
          "socket",
          "subprocess",
          "sys",
          "webbrowser");

  private static final Set<String> BUILTIN_ATTACKS =
      Set.of("__import__", "apply", "breakpoint", "compile", "eval", "exec", "execfile", "open");

  private static final int MOST_DIMENSIONS = 8;
  private static final int LONGEST_NAME = 500;
  private static final int LEAST_COPIES = 1 << 16;

  private final PickleInput in;
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();
  private long copied;

  PickleCalls(PickleInput in) {
    this.in = in;
  }

  Map<String, StorageRef> storages() {
    return storages;
  }

  /** A function or class by its name. */
  Callable named(String module, String attribute, long at) {
    if (module.length() > LONGEST_NAME || attribute.length() > LONGEST_NAME) {
      throw damaged(at, "a name of more than " + LONGEST_NAME + " letters");
    }
    String first = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
    boolean builtin = module.equals("builtins") || module.equals("__builtin__");
    if (ATTACKS.contains(first) || builtin && BUILTIN_ATTACKS.contains(attribute)) {
      throw new BadInputException(
          in.subject()
              + ": names "
              + module
              + "."
              + attribute
              + " at byte "
              + at
              + ", which is no part of a state dict; nothing was run. Only tensors are read: save"
              + " the network's state_dict() from a place you trust");
    }
    return new Callable(module, attribute);
  }

  /** What a call stands for. */
  Object call(Object function, Object arguments, long at) {
    if (function instanceof Foreign foreign) {
      return new Foreign(foreign.type());
    }
    if (!(function instanceof Callable callable) || !(arguments instanceof Tuple given)) {
      throw damaged(at, "a call of something that is no function");
    }
    return switch (callable.name()) {
      case "collections.OrderedDict", "builtins.dict", "__builtin__.dict" -> dictionary(given, at);
      case "collections.defaultdict", "collections.Counter" -> new LinkedHashMap<>(2);
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(given);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          given.get(0);
      case "torch._tensor._rebuild_from_type_v2" -> call(given.get(0), given.get(2), at);
      case "torch.Size" -> given.get(0);
      case "_codecs.encode" -> encoded(given, at);
      case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" ->
          new Array();
      case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" -> fromBuffer(given);
      case "numpy.dtype" ->
          given.get(0) instanceof String name ? new Dtype(name) : new Foreign("numpy.dtype");
      default -> new Foreign(callable.name());
    };
  }

  /** Attributes of what was made: those of dictionaries, such as {@code _metadata}, are no use. */
  void build(Object made, Object state, long at) {
    if (made instanceof Array array && state instanceof Tuple attributes) {
      array.build(attributes);
    } else if (made instanceof Dtype dtype && state instanceof Tuple attributes) {
      dtype.build(attributes.size() > 1 && ">".equals(attributes.get(1)));
    } else if (made instanceof Foreign foreign) {
      foreign.build(state);
    } else if (!(made instanceof Map || made instanceof TensorRef)) {
      throw damaged(at, "attributes of something that has none");
    }
  }

  private Map<Object, Object> dictionary(Tuple given, long at) {
    Map<Object, Object> made = new LinkedHashMap<>(2);
    if (given.size() > 0) {
      List<?> pairs = (List<?>) given.get(0);
      copies(pairs.size(), at);
      for (Object pair : pairs) {
        List<?> items = pair instanceof Tuple tuple ? tuple.items() : (List<?>) pair;
        made.put(PickleReader.key(items.get(0)), items.get(1));
      }
    }
    return made;
  }

  private static TensorRef tensor(Tuple given) {
    return new TensorRef(
        (StorageRef) given.get(0),
        (Long) given.get(1),
        longs((Tuple) given.get(2)),
        longs((Tuple) given.get(3)));
  }

  private static long[] longs(Tuple tuple) {
    if (tuple.size() > MOST_DIMENSIONS) {
      throw new IndexOutOfBoundsException(tuple.size());
    }
    return tuple.items().stream().mapToLong(o -> (Long) o).toArray();
  }

  /** How protocol 2 writes bytes: as a text. */
  private Object encoded(Tuple given, long at) {
    if (given.size() != 2
        || !(given.get(0) instanceof String text)
        || !(given.get(1) instanceof String encoding)
        || !(encoding.equals("latin1") || encoding.equals("latin-1"))) {
      return new Foreign("_codecs.encode");
    }
    copies(text.length(), at);
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How protocol 5 writes an array: bytes, element type, shape, order. */
  private static Array fromBuffer(Tuple given) {
    Array array = new Array();
    boolean columns = given.size() > 3 && "F".equals(given.get(3));
    array.build(new Tuple(List.of(1L, given.get(2), given.get(1), columns, given.get(0))));
    return array;
  }

  /** What is copied must have stood in the file, a few times at most. */
  private void copies(long count, long at) {
    copied += count;
    if (copied > LEAST_COPIES + 2 * in.size()) {
      throw damaged(at, "it copies its values over and over");
    }
  }

  /** A storage that a tensor refers to. */
  StorageRef storage(Object id, long at) {
    if (!(id instanceof Tuple tuple)
        || tuple.size() < 5
        || !"storage".equals(tuple.get(0))
        || !(tuple.get(1) instanceof Callable type)
        || !(tuple.get(2) instanceof String || tuple.get(2) instanceof Long)
        || !(tuple.get(4) instanceof Long elements)
        || elements < 0) {
      throw damaged(at, "a reference to something that is no storage");
    }
    if (tuple.size() > 5 && tuple.get(5) != None.NONE) {
      throw damaged(at, "a view on a storage, which PyTorch before 0.4 wrote; save it again");
    }
    if (!type.module().equals("torch") && !type.module().equals("torch.cuda")) {
      throw damaged(at, "a storage of an unknown kind");
    }
    ElementType element =
        ElementType.ofStorage(type.attribute())
            .orElseThrow(() -> damaged(at, "a storage of kind " + type.attribute()));
    String key = tuple.get(2).toString();
    if (key.length() > LONGEST_NAME) {
      throw damaged(at, "a name of more than " + LONGEST_NAME + " letters");
    }
    StorageRef ref = new StorageRef(element, key, elements);
    StorageRef first = storages.putIfAbsent(key, ref);
    if (first != null && !first.equals(ref)) {
      throw damaged(at, "storage " + key + " has two types or sizes");
    }
    return ref;
  }

  BadInputException damaged(long at, String what) {
    return new BadInputException(
        in.subject() + ": no PyTorch state dict, or damaged: " + what + " at byte " + at);
  }
}
