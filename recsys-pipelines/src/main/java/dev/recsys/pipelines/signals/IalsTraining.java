package dev.recsys.pipelines.signals;

import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.Random;

/**
 * Learns the factors of {@link IalsModel}: users' factors solved for with the items' held, then the items' with the
 * users' held, again and again. Each vector is solved by one thread, its terms added in the order of the histories, and
 * sums over all vectors are made of pieces of one size, so that any number of threads gives the same bits.
 */
final class IalsTraining {
    private static final int VECTORS_PER_PIECE = 512;
    private static final double AT_LEAST = 1e-12; // so that there is a solution without regularisation, too

    private final IalsSettings settings;
    private final Baskets histories;
    private final ItemBaskets itemHistories;
    private final OrderedWork work;
    private final int factors;
    private final double[] users; // [user] factors
    private final double[] items; // [item] factors

    private IalsTraining(IalsSettings settings, Baskets histories, ItemBaskets itemHistories, OrderedWork work) {
        this.settings = settings;
        this.histories = histories;
        this.itemHistories = itemHistories;
        this.work = work;
        this.factors = settings.factors();
        this.users = new double[length(histories.count(), factors)];
        this.items = start(settings, itemHistories.itemCount());
    }

    /** Returns the bytes that training takes. */
    static long bytes(IalsSettings settings, long users, long items, int threads) {
        long numbers = (users + 2 * items + (threads + 2L) * settings.factors()) * settings.factors();
        return numbers * Double.BYTES;
    }

    static IalsModel train(
            IalsSettings settings, Baskets histories, int itemCount, int threads, ProgressListener listener)
            throws IOException {
        ItemBaskets itemHistories = ItemBaskets.of(histories, itemCount);
        Progress progress = new Progress(listener, Phase.TRAIN, settings.epochs());
        try (OrderedWork work = new OrderedWork(threads)) {
            IalsTraining training = new IalsTraining(settings, histories, itemHistories, work);
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                training.solveUsers();
                training.solveItems();
                progress.at(epoch + 1L);
            }
            progress.done();
            return training.model();
        }
    }

    private static int length(int vectors, int factors) {
        long length = (long) vectors * factors;
        if (length > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("iALS is asked for " + vectors + " vectors of " + factors
                    + " factors; at most 2^31 numbers are possible. Take fewer factors, or the model rp3beta");
        }
        return (int) length;
    }

    private static double[] start(IalsSettings settings, int itemCount) {
        Random random = new Random(settings.seed());
        double[] start = new double[length(itemCount, settings.factors())];
        double scale = 0.1 / Math.sqrt(settings.factors());
        for (int i = 0; i < start.length; i++) {
            start[i] = scale * random.nextGaussian();
        }
        return start;
    }

    private void solveUsers() throws IOException {
        double[] gram = gram(items);
        solve(histories.count(), user -> {
            int start = histories.start(user);
            int end = histories.end(user);
            LeastSquares system = system(gram, end - start, itemHistories.itemCount());
            for (int position = start; position < end; position++) {
                system.add(items, histories.item(position) * factors);
            }
            system.factorise();
            system.solve(users, user * factors);
        });
    }

    private void solveItems() throws IOException {
        double[] gram = gram(users);
        solve(itemHistories.itemCount(), item -> {
            int start = itemHistories.start(item);
            int end = itemHistories.end(item);
            LeastSquares system = system(gram, end - start, histories.count());
            for (int i = start; i < end; i++) {
                system.add(users, itemHistories.basket(i) * factors);
            }
            system.factorise();
            system.solve(items, item * factors);
        });
    }

    private LeastSquares system(double[] gram, int observed, int all) {
        LeastSquares system = new LeastSquares(factors);
        system.start(gram, settings.unobserved(), regularisation(observed, all));
        return system;
    }

    private double regularisation(double observed, double all) {
        double evidence = observed + settings.unobserved() * all;
        return settings.regularisation() * StrictMath.pow(evidence, settings.frequencyExponent()) + AT_LEAST;
    }

    private IalsModel model() throws IOException {
        double[] typical = new double[factors * factors];
        for (int item = 0; item < itemHistories.itemCount(); item++) {
            addSquare(typical, items, item * factors, itemHistories.sessions(item) / (double) histories.count());
        }
        double[] gram = gram(items);
        for (int i = 0; i < typical.length; i++) {
            typical[i] += settings.unobserved() * gram[i];
        }
        double mean = histories.positions() / (double) Math.max(1, histories.count());
        LeastSquares system = new LeastSquares(factors);
        system.start(typical, 1, regularisation(mean, itemHistories.itemCount()));
        system.factorise();
        return new IalsModel(factors, items, system);
    }

    private double[] gram(double[] vectors) throws IOException {
        double[] gram = new double[factors * factors];
        int count = vectors.length / factors;
        work.run(
                pieces(count),
                piece -> {
                    double[] part = new double[gram.length];
                    int end = (int) Math.min(count, (piece + 1L) * VECTORS_PER_PIECE);
                    for (int vector = piece * VECTORS_PER_PIECE; vector < end; vector++) {
                        addSquare(part, vectors, vector * factors, 1);
                    }
                    return part;
                },
                part -> {
                    for (int i = 0; i < gram.length; i++) {
                        gram[i] += part[i];
                    }
                });
        return gram;
    }

    private void addSquare(double[] matrix, double[] vectors, int start, double weight) {
        for (int row = 0; row < factors; row++) {
            double factor = weight * vectors[start + row];
            for (int column = 0; column <= row; column++) {
                matrix[row * factors + column] += factor * vectors[start + column];
            }
        }
    }

    private interface Solver {
        void solve(int vector);
    }

    private void solve(int count, Solver solver) throws IOException {
        work.run(
                pieces(count),
                piece -> {
                    int end = (int) Math.min(count, (piece + 1L) * VECTORS_PER_PIECE);
                    for (int vector = piece * VECTORS_PER_PIECE; vector < end; vector++) {
                        solver.solve(vector);
                    }
                    return piece;
                },
                piece -> {});
    }

    private static int pieces(int count) {
        return (int) ((count + (long) VECTORS_PER_PIECE - 1) / VECTORS_PER_PIECE);
    }
}
