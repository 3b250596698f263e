package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.ImageCodec;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reading a label PNG of 1024×2048: ours against the JDK's inflater and one byte after the other,
 * against ImageIO and against OpenCV. Checksums of chunks are checked by ours alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LabelFileBenchmark {
  /**
   * What is read: classes or object numbers of a frame, noise, in rows without filters as ImageIO
   * writes them, or filtered as libpng does; of these two stages alone (filtered rows that are not
   * compressed, rows without filters); and beside which other reader, filtered.
   */
  @Param({
    "labels",
    "labels-filtered",
    "labels-unfilter",
    "labels-inflate",
    "labels-imageio",
    "labels-opencv",
    "objects",
    "objects-filtered",
    "objects-unfilter",
    "objects-inflate",
    "objects-imageio",
    "objects-opencv",
    "noise",
    "noise-filtered",
    "noise-unfilter",
    "noise-inflate"
  })
  public String file;

  private final PixelArrays arrays = new PixelArrays();
  private Path path;
  private int bytesPerPixel;

  /** Finds the file and checks that both ways read the same. */
  @Setup
  public void prepare() throws IOException, DataFormatException {
    bytesPerPixel = LabelFiles.bytesPerPixel(file);
    path = LabelFiles.path(Inputs.folder(), file.replaceFirst("-(imageio|opencv)$", "-filtered"));
    if (file.endsWith("-opencv")) {
      Loader.load(opencv_java.class);
    }
    if (!Arrays.equals(bytes(plain()), ours())) {
      throw new IllegalStateException("the two ways do not read the same from " + file);
    }
  }

  /** The other way. */
  @Benchmark
  public Object plain() throws IOException, DataFormatException {
    if (file.endsWith("-imageio")) {
      return imageIo();
    }
    return file.endsWith("-opencv")
        ? openCv()
        : PlainLabelFile.decode(Files.readAllBytes(path), bytesPerPixel);
  }

  private Object imageIo() throws IOException {
    var data = ImageIO.read(path.toFile()).getRaster().getDataBuffer();
    return data instanceof DataBufferUShort shorts
        ? shorts.getData()
        : ((DataBufferByte) data).getData();
  }

  private Object openCv() {
    Mat mat = Imgcodecs.imread(path.toString(), Imgcodecs.IMREAD_UNCHANGED);
    int pixels = mat.rows() * mat.cols();
    Object out;
    if (mat.type() == CvType.CV_16UC1) {
      short[] values = new short[pixels];
      mat.get(0, 0, values);
      out = values;
    } else {
      byte[] values = new byte[pixels];
      mat.get(0, 0, values);
      out = values;
    }
    mat.release();
    return out;
  }

  /** As the file stores them: the high byte of 16 bits first. */
  private static byte[] bytes(Object pixels) {
    if (pixels instanceof byte[] bytes) {
      return bytes;
    }
    short[] values = (short[]) pixels;
    byte[] out = new byte[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      out[2 * i] = (byte) (values[i] >> 8);
      out[2 * i + 1] = (byte) values[i];
    }
    return out;
  }

  /** Ours. */
  @Benchmark
  public byte[] ours() {
    arrays.next();
    return ImageCodec.readRaw(path, arrays).bytes();
  }
}
