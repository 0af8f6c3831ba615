/**
 * Benchmarks with a peer each; every pair is checked to give equal results before it is timed. A class with a {@code main} prints
 * what a section of {@code docs/benchmarks.md} shows; most of the others are its contenders:
 *
 * <ul>
 *   <li>{@link dev.recsys.benchmarks.BuildTable} and {@link dev.recsys.benchmarks.CsvBuildTable}: each
 *       {@link dev.recsys.benchmarks.NeighbourBuild}, compared by {@link dev.recsys.benchmarks.NeighbourCheck}, taking
 *       {@link dev.recsys.benchmarks.BuildTurns}.
 *   <li>{@link dev.recsys.benchmarks.ArtifactTable}: each {@link dev.recsys.benchmarks.ArtifactForm}, loaded by
 *       {@link dev.recsys.benchmarks.FreshLoad}.
 *   <li>{@link dev.recsys.benchmarks.ServingTable} and {@link dev.recsys.benchmarks.MillionTable}: each
 *       {@link dev.recsys.benchmarks.Contender}, in {@link dev.recsys.benchmarks.Rounds}.
 *   <li>{@link dev.recsys.benchmarks.SwapUnderLoad}, {@link dev.recsys.benchmarks.SessionsTable} and
 *       {@link dev.recsys.benchmarks.LogUnderLoad}: one recommender under a {@link dev.recsys.benchmarks.PacedLoad}.
 * </ul>
 */
@NullMarked
package dev.recsys.benchmarks;

import org.jspecify.annotations.NullMarked;
