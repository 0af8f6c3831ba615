package dev.recsys.testserver;

/** One header line as it was sent. */
record WireField(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return name;
    }
}
