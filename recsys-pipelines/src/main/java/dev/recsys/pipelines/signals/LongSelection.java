package dev.recsys.pipelines.signals;

/** Hoare: Algorithm 65, Find, CACM 4(7), 1961; the pivot is the median of three. */
final class LongSelection {
    private LongSelection() {}

    /**
     * Reorders the first numbers so that at a place stands the number that would stand there if they were sorted, the
     * smaller ones before it and the greater ones after it.
     */
    static void select(long[] numbers, int length, int place) {
        int low = 0;
        int high = length - 1;
        while (low < high) {
            long pivot = median(numbers[low], numbers[(low + high) >>> 1], numbers[high]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (numbers[left] < pivot) {
                    left++;
                }
                while (numbers[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long smaller = numbers[right];
                    numbers[right--] = numbers[left];
                    numbers[left++] = smaller;
                }
            }
            if (place <= right) {
                high = right;
            } else if (place >= left) {
                low = left;
            } else {
                return;
            }
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
