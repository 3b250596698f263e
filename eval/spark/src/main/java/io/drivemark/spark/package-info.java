/**
 * Accuracy of a study on an Apache Spark cluster. The driver cuts each cell's frames into ranges,
 * as {@code drivemark run --shards} does; executors measure ranges with the runner's own code and
 * answer with the bytes of a shard; the driver puts them together with the runner's own merge,
 * which compares everything that must be alike. A task that runs twice is a shard that comes twice.
 *
 * <p>Start with {@link io.drivemark.spark.SparkRun}:
 *
 * <pre>{@code
 * spark-submit --master spark://HOST:7077 --class io.drivemark.spark.SparkRun \
 *     --conf spark.driver.userClassPathFirst=true --conf spark.executor.userClassPathFirst=true \
 *     --jars LIB/a.jar,LIB/b.jar,… drivemark-spark-VERSION.jar STUDY.yaml --out DIR --ranges 64
 * }</pre>
 *
 * <p>{@code LIB} is the distribution's folder {@code lib}. Executors see no output folder; data and
 * files of networks lie at the same place on all machines.
 *
 * <p>What is never distributed stays with the driver: speed, networks with cues, late answers,
 * gauges that look at many frames, robustness, random weights. The driver says so of each.
 *
 * <p>Nothing depends on this package, and only it knows Spark. It is built by {@code mvn -Pspark}.
 */
package io.drivemark.spark;
