package io.drivemark.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium with one tab, driven over its DevTools protocol. It keeps what the page says
 * on its console. Not thread-safe.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES = List.of("chromium", "chromium-browser");
  private static final int SECONDS = 60;

  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = java.util.Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = java.util.Collections.synchronizedList(new ArrayList<>());
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Browser(Process process, URI address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
    for (String domain : List.of("Runtime", "Log", "Page", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** The browser's program, if this machine has one. */
  static Optional<Path> program() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      for (String name : NAMES) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** Starts it with a profile of its own below the folder. */
  static Browser start(Path program, Path folder) throws Exception {
    Path profile = Files.createDirectories(folder.resolve("profile"));
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--force-color-profile=srgb",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    try {
      return new Browser(process, tab(port(profile, process)));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int port(Path profile, Process process) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < SECONDS * 10; i++) {
      if (Files.exists(file) && Files.readString(file).contains("\n")) {
        return Integer.parseInt(Files.readAllLines(file).get(0));
      }
      if (!process.isAlive()) {
        throw new IOException("the browser ended with " + process.exitValue());
      }
      Thread.sleep(100);
    }
    throw new IOException("the browser did not open its port within " + SECONDS + " s");
  }

  private static URI tab(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < SECONDS * 10; i++) {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode target : new ObjectMapper().readTree(body)) {
        if (target.path("type").asText().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asText());
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("the browser opened no tab");
  }

  /** Opens a file as a window of this size sees it, and waits until it is loaded and drawn. */
  void open(Path page, int width, int height, boolean phone) throws Exception {
    load(page, width, height, phone);
    evaluate("new Promise(done => setTimeout(done, 500))");
  }

  /** The same of a page that draws nothing after it is loaded. */
  void load(Path page, int width, int height, boolean phone) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    loaded = new CompletableFuture<>();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    loaded.get(SECONDS, TimeUnit.SECONDS);
  }

  /** The value of an expression in the page; promises are waited for. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /** Pretends that people asked for dark colours, or for paper. */
  void media(String type, String scheme) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            type,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Pictures of the page from top to bottom, each at most this high: NAME-0.png, NAME-1.png. */
  void screenshots(Path folder, String name, int width, int height) throws Exception {
    int total = evaluate("document.documentElement.scrollHeight").asInt();
    for (int i = 0, top = 0; top < total; i++, top += height) {
      evaluate(
          "(window.scrollTo({top: "
              + top
              + ", behavior: 'instant'}), new Promise(done => setTimeout(done, 150)))");
      Map<String, Object> clip =
          Map.of(
              "x",
              0,
              "y",
              top,
              "width",
              width,
              "height",
              Math.min(height, total - top),
              "scale",
              1);
      JsonNode answer =
          call(
              "Page.captureScreenshot",
              Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
      Files.write(
          folder.resolve(name + "-" + i + ".png"),
          Base64.getDecoder().decode(answer.path("data").asText()));
    }
  }

  /** The page as printed on A4. */
  void pdf(Path file) throws Exception {
    JsonNode answer =
        call(
            "Page.printToPDF",
            Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true));
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
  }

  /** Errors and warnings of the console, exceptions, and what the browser logged. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Addresses asked for that are neither files nor data in the page. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = json.createObjectNode();
    message.put("id", id).put("method", method).set("params", json.valueToTree(parameters));
    socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  private void received(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
      if (message.has("error")) {
        answer.completeExceptionally(new IOException(message.get("error").toString()));
      } else {
        answer.complete(message.path("result"));
      }
      return;
    }
    JsonNode event = message.path("params");
    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Runtime.exceptionThrown" -> complaints.add(event.toString());
      case "Log.entryAdded" -> complaints.add(event.toString());
      case "Runtime.consoleAPICalled" -> {
        if (!event.path("type").asText().equals("log")) {
          complaints.add(event.toString());
        }
      }
      case "Network.requestWillBeSent" -> {
        String url = event.path("request").path("url").asText();
        if (!url.startsWith("file:") && !url.startsWith("data:")) {
          requests.add(url);
        }
      }
      default -> {
        // other events are of no interest here
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    // its helpers outlive it by a moment, and write into the profile while that is deleted
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(10, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        one.destroyForcibly();
        one.onExit().join();
      } catch (InterruptedException e) {
        one.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
      text.append(data);
      if (whole) {
        try {
          received(json.readTree(text.toString()));
        } catch (IOException e) {
          complaints.add("unreadable message: " + e.getMessage());
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
