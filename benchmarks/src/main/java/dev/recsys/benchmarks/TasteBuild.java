package dev.recsys.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.mahout.cf.taste.common.Refreshable;
import org.apache.mahout.cf.taste.common.TasteException;
import org.apache.mahout.cf.taste.impl.common.FastByIDMap;
import org.apache.mahout.cf.taste.impl.common.FastIDSet;
import org.apache.mahout.cf.taste.impl.common.LongPrimitiveIterator;
import org.apache.mahout.cf.taste.impl.model.GenericBooleanPrefDataModel;
import org.apache.mahout.cf.taste.impl.recommender.GenericItemBasedRecommender;
import org.apache.mahout.cf.taste.impl.similarity.AbstractItemSimilarity;
import org.apache.mahout.cf.taste.model.DataModel;
import org.apache.mahout.cf.taste.recommender.RecommendedItem;

/**
 * The most similar items of Mahout Taste by the cosine of sets, which it is given: its own cosine looks at common users
 * alone, and is 1 without ratings. Sessions are its users, in memory beforehand.
 */
final class TasteBuild implements NeighbourBuild {
    private final DataModel model;
    private final List<Long> items = new ArrayList<>();
    private final List<List<RecommendedItem>> rows = new ArrayList<>(); // [place of items]

    private static final class SetCosine extends AbstractItemSimilarity {
        SetCosine(DataModel model) {
            super(model);
        }

        @Override
        public double itemSimilarity(long left, long right) throws TasteException {
            double leftSize = getDataModel().getNumUsersWithPreferenceFor(left);
            return cosine(left, leftSize, right);
        }

        @Override
        public double[] itemSimilarities(long left, long[] rights) throws TasteException {
            double leftSize = getDataModel().getNumUsersWithPreferenceFor(left);
            double[] cosines = new double[rights.length];
            for (int i = 0; i < rights.length; i++) {
                cosines[i] = cosine(left, leftSize, rights[i]);
            }
            return cosines;
        }

        private double cosine(long left, double leftSize, long right) throws TasteException {
            double common = getDataModel().getNumUsersWithPreferenceFor(left, right);
            return common / Math.sqrt(leftSize * getDataModel().getNumUsersWithPreferenceFor(right));
        }

        @Override
        public void refresh(Collection<Refreshable> alreadyRefreshed) {}
    }

    TasteBuild(ShopColumns shop) {
        FastByIDMap<FastIDSet> sessions = new FastByIDMap<>();
        shop.forEachBasket((session, basket) -> {
            FastIDSet set = new FastIDSet(basket.length);
            for (int item : basket) {
                set.add(item);
            }
            sessions.put(session, set);
        });
        this.model = new GenericBooleanPrefDataModel(sessions);
    }

    @Override
    public void build() throws TasteException {
        GenericItemBasedRecommender recommender = new GenericItemBasedRecommender(model, new SetCosine(model));
        LongPrimitiveIterator ids = model.getItemIDs();
        while (ids.hasNext()) {
            long item = ids.nextLong();
            items.add(item);
            rows.add(recommender.mostSimilarItems(item, NEIGHBOURS));
        }
    }

    @Override
    public void rows(RowTaker taker) {
        for (int i = 0; i < items.size(); i++) {
            taker.take(
                    ShopColumns.id(items.get(i).intValue()),
                    rows.get(i).stream()
                            .map(entry -> new Neighbour(ShopColumns.id((int) entry.getItemID()), entry.getValue()))
                            .toList());
        }
    }
}
