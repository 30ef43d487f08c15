package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a node says, before it starts, of a settings file and of the files that it names. */
class Start {
    /** Settings of plugins that are not published, which nobody here knows. */
    private static final List<String> OTHERS = List.of("xpack.http.", "xpack.monitoring.", "xpack.notification.");

    static Map<String, Judge.Question> kinds() {
        return Map.of("start", Start::start);
    }

    /** FILE, in its configuration directory: nothing, or why the node does not start. */
    private static List<String> start(List<String> columns) throws Throwable {
        Path file = Path.of(columns.get(0)).toAbsolutePath();
        Settings settings = Settings.builder().loadFromPath(file).replacePropertyPlaceholders()
            .put("path.home", file.getParent().toString()).build();
        Registered.module(settings.filter(key -> OTHERS.stream().noneMatch(key::startsWith)));
        settings.keySet().forEach(key -> Registered.ports(key, settings));
        Environment environment = new Environment(settings, file.getParent());
        new SSLService(environment);
        signing(environment);
        return List.of();
    }

    /** Later releases of Elasticsearch 9 sign requests to other clusters. */
    private static void signing(Environment environment) throws Throwable {
        try {
            Class.forName("org.elasticsearch.xpack.security.transport.CrossClusterApiKeySignatureManager")
                .getConstructor(Environment.class).newInstance(environment);
        } catch (InvocationTargetException refusal) {
            throw refusal.getCause();
        } catch (ClassNotFoundException older) {
            // nothing is signed
        }
    }
}
