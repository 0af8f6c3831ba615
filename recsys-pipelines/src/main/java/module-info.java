/** Interaction events to signals, and the evaluation of signals. */
module dev.recsys.pipelines {
    requires transitive dev.recsys.core;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires de.siegmar.fastcsv;
    requires org.slf4j;
}
