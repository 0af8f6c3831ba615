package dev.recsys.proofs;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads everything anew, a mutant's classes first; shares nothing with the caller but the JDK's own classes. */
public final class MutantLoader {
    private MutantLoader() {}

    /** Returns a loader over the class path, with a mutant's classes in front. */
    public static URLClassLoader over(Path classes) {
        List<URL> urls = new ArrayList<>();
        urls.add(url(classes));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(url(Path.of(entry)));
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path + " cannot be on a class path", e);
        }
    }
}
