package dev.recsys.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is, from the manifest of its jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"recsys " + (version == null ? "development" : version)};
    }
}
