package dev.recsys.pipelines.signals;

/**
 * iALS: factors w of users and h of items that minimise {@code sum over the pairs that met of (w.h - 1)^2 + a sum over
 * all pairs of (w.h)^2 + sum over users of r (n_u + a |I|)^v |w|^2 + sum over items of r (n_i + a |U|)^v |h|^2}. Hu,
 * Koren, Volinsky: Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008; the weight a of what was not
 * observed and the regularisation by frequency after Rendle, Krichene, Zhang, Koren: Revisiting the Performance of iALS
 * on Item Recommendation Benchmarks, RecSys 2022, section 3.
 *
 * <p>Departure: a history x is scored without solving for its user. Its w is {@code (a G + sum over x of h h^T + r_x
 * I)^-1 sum over x of h} with {@code G = sum over items of h h^T}; here the matrix that depends on x is replaced by that
 * of a typical history, {@code M = a G + (1 / |U|) sum over users and their items of h h^T + r (n + a |I|)^v I}, n the
 * mean length of a history. That makes the score a sum over x: {@code B[i][j] = h_i M^-1 h_j}, and 0 for i = j. Scores
 * are dense and may be negative. Holds 16 bytes a factor and item.
 */
final class IalsModel implements ItemModel {
    private final int factors;
    private final double[] items; // [item] h
    private final double[] solved; // [item] M^-1 h

    IalsModel(int factors, double[] items, LeastSquares typical) {
        this.factors = factors;
        this.items = items;
        this.solved = new double[items.length];
        for (int start = 0; start < items.length; start += factors) {
            typical.solve(items, start, solved, start);
        }
    }

    @Override
    public int itemCount() {
        return items.length / factors;
    }

    @Override
    public void addRow(int item, double weight, double[] scores) {
        int own = item * factors;
        for (int other = 0; other < itemCount(); other++) {
            double product = 0;
            for (int factor = 0; factor < factors; factor++) {
                product += solved[own + factor] * items[other * factors + factor];
            }
            scores[other] += other == item ? 0 : weight * product;
        }
    }
}
