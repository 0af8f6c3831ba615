package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.controls.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For which surface something is configured, or for all of a tenant's. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class PlaceOptions {
    @Option(names = "--tenant", required = true, paramLabel = "T", description = "The tenant.")
    private String tenant;

    @Option(
            names = "--surface",
            paramLabel = "S",
            description = "The surface; without it, all surfaces of the tenant that have nothing of their own.")
    private @Nullable String surface;

    Place place() {
        return surface == null ? Place.of(tenant) : Place.of(new Scope(tenant, surface));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("tenant", tenant);
        return surface == null ? json : json.put("surface", surface);
    }
}
