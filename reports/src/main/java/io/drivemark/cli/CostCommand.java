package io.drivemark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.sheet.Obstacle;
import io.drivemark.config.JsonText;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import io.drivemark.problem.BadInputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a network takes by calculation. */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    header = Summaries.COST,
    description =
        "Parameters, multiply-accumulates and memory of a network at an input size, by calculation:"
            + " nothing is run but with --time.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  drivemark cost --model enet-camvid --size 360x480",
      "  drivemark cost --model net.onnx --size 512x1024 --nodes",
      "  drivemark cost --model enet-camvid --size 360x480 --time"
    })
final class CostCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A shipped model's name, an ONNX file, or a model file (YAML).")
  private String model;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      converter = SizeConverter.class,
      description = "Height and width of the input; by default the model's own.")
  private Size size;

  @Option(names = "--nodes", description = "Also what each operator takes.")
  private boolean nodes;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private TimeArguments time;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    Model loaded = Models.load(model);
    Size at = sizeOf(loaded);
    Cost cost;
    try {
      cost = loaded.cost(at.height(), at.width());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "model " + loaded.spec().name() + " cannot take " + at + ": " + e.getMessage(), e);
    }
    Optional<List<OperatorTime>> times = time.measure(loaded, at);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(out, loaded, at, cost, times);
    } else {
      print(out, loaded, at, cost);
      times.ifPresent(t -> TimeArguments.print(out, loaded.spec().name(), t));
    }
    return ExitCode.FINE;
  }

  private Size sizeOf(Model loaded) {
    if (size != null) {
      return size;
    }
    return loaded
        .spec()
        .input()
        .size()
        .orElseThrow(
            () ->
                new BadInputException(
                    "model "
                        + loaded.spec().name()
                        + " has no size of its own: give one with --size HxW"));
  }

  private void print(PrintWriter out, Model loaded, Size at, Cost cost) {
    String bound =
        cost.exact() ? "" : "\tat least: some operators are unknown, or the shapes behind them";
    out.println("model\t" + loaded.spec().name());
    out.println("size\t" + at);
    NetworkDetails.parameters(loaded)
        .forEach((key, count) -> out.println(key + "\t" + (count == null ? "not known" : count)));
    String precision = loaded.storedParameters().precision();
    if (!precision.equals("fp32")) {
      out.println("precision\t" + precision);
    }
    out.println("macs\t" + cost.macs() + bound);
    out.println("activationBytes\t" + cost.activationBytes() + bound);
    out.println("peakActivationBytes\t" + cost.peakActivationBytes() + bound);
    Map<String, Long> gated = GatedFigures.of(loaded, at);
    gated.forEach((key, figure) -> out.println(key + "\t" + figure));
    if (!gated.isEmpty()) {
      out.println("note\t" + GatedFigures.note());
    }
    for (Obstacle obstacle : Obstacle.of(loaded.network())) {
      out.println("unknownOperator\t" + obstacle.sentence());
    }
    if (nodes) {
      out.println();
      out.println("node\toperator\tparams\tmacs\tactivationBytes");
      for (Cost.NodeCost node : cost.nodes()) {
        out.println(
            String.join(
                "\t",
                node.node(),
                node.operator(),
                Long.toString(node.parameters()),
                Long.toString(node.macs()),
                Long.toString(node.activationBytes())));
      }
    }
  }

  private void printJson(
      PrintWriter out, Model loaded, Size at, Cost cost, Optional<List<OperatorTime>> times)
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("model", loaded.spec().name());
    root.put("height", at.height());
    root.put("width", at.width());
    NetworkDetails.parameters(loaded).forEach(root::put);
    root.put("precision", loaded.storedParameters().precision());
    root.put("macs", cost.macs());
    root.put("activationBytes", cost.activationBytes());
    root.put("peakActivationBytes", cost.peakActivationBytes());
    GatedFigures.of(loaded, at).forEach(root::put);
    root.put("exact", cost.exact());
    ArrayNode obstacles = root.putArray("unknownOperators");
    Obstacle.of(loaded.network()).forEach(o -> obstacles.add(o.sentence()));
    if (nodes) {
      ArrayNode list = root.putArray("nodes");
      for (Cost.NodeCost node : cost.nodes()) {
        ObjectNode one = list.addObject();
        one.put("node", node.node());
        one.put("operator", node.operator());
        one.put("params", node.parameters());
        one.put("macs", node.macs());
        one.put("activationBytes", node.activationBytes());
      }
    }
    if (times.isPresent()) {
      ArrayNode list = root.putArray("operators");
      for (OperatorTime operator : times.get()) {
        ObjectNode one = list.addObject();
        one.put("node", operator.node());
        one.put("kind", operator.kind());
        one.put("ms", operator.ms());
        one.put("macs", operator.macs());
      }
    }
    out.println(JsonText.indented(root));
  }
}
