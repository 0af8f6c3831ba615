/** What stands between a client and a server in tests of what goes over the wire. */
module dev.recsys.testserver {
    requires static transitive org.jspecify;

    exports dev.recsys.testserver;
}
