package dev.recsys.pipelines.signals;

import java.util.Random;

/** iALS once more, with whole matrices and an inverse for every vector. */
final class SlowIals {
    private final IalsSettings settings;
    private final int d;

    SlowIals(IalsSettings settings) {
        this.settings = settings;
        this.d = settings.factors();
    }

    double[][] scores(double[][] x) {
        Random random = new Random(settings.seed());
        double[][] items = new double[x[0].length][d];
        for (double[] item : items) {
            for (int f = 0; f < d; f++) {
                item[f] = 0.1 / Math.sqrt(d) * random.nextGaussian();
            }
        }
        double[][] users = new double[x.length][];
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            for (int u = 0; u < users.length; u++) {
                users[u] = solve(x[u], items);
            }
            for (int i = 0; i < items.length; i++) {
                items[i] = solve(column(x, i), users);
            }
        }
        return linear(x, items);
    }

    private double[] solve(double[] met, double[][] others) {
        double[][] a = new double[d][d];
        double[] b = new double[d];
        double count = 0;
        for (int o = 0; o < others.length; o++) {
            count += met[o];
            for (int f = 0; f < d; f++) {
                b[f] += met[o] * others[o][f];
                for (int g = 0; g < d; g++) {
                    a[f][g] += (met[o] + settings.unobserved()) * others[o][f] * others[o][g];
                }
            }
        }
        for (int f = 0; f < d; f++) {
            a[f][f] += regularisation(count, others.length);
        }
        return times(PlainInverse.gaussJordan(a), b);
    }

    private double[][] linear(double[][] x, double[][] items) {
        double[][] m = new double[d][d];
        double positions = 0;
        for (double[] user : x) {
            for (int i = 0; i < items.length; i++) {
                positions += user[i];
                for (int f = 0; f < d; f++) {
                    for (int g = 0; g < d; g++) {
                        m[f][g] += (user[i] + settings.unobserved()) / x.length * items[i][f] * items[i][g];
                    }
                }
            }
        }
        for (int f = 0; f < d; f++) {
            m[f][f] += regularisation(positions / x.length, items.length);
        }
        double[][] inverse = PlainInverse.gaussJordan(m);
        double[][] scores = new double[items.length][items.length];
        for (int i = 0; i < items.length; i++) {
            double[] solved = times(inverse, items[i]);
            for (int j = 0; j < items.length; j++) {
                for (int f = 0; f < d; f++) {
                    scores[i][j] += i == j ? 0 : solved[f] * items[j][f];
                }
            }
        }
        return scores;
    }

    private double regularisation(double observed, double all) {
        return settings.regularisation()
                * Math.pow(observed + settings.unobserved() * all, settings.frequencyExponent());
    }

    private static double[] column(double[][] x, int i) {
        double[] column = new double[x.length];
        for (int u = 0; u < x.length; u++) {
            column[u] = x[u][i];
        }
        return column;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }
}
