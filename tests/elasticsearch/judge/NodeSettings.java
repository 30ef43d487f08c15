package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;

import java.nio.file.Path;
import java.util.List;

/** TLS settings as a node has them, given as {@code KEY=VALUE} without the prefix. */
class NodeSettings {
    static final String PREFIX = "xpack.security.transport.ssl.";

    /** The node's environment; several values of a list stand between {@code |}. */
    static Environment environment(List<String> columns) {
        Settings.Builder settings = Settings.builder().put("path.home", "/").put(PREFIX + "enabled", "true");
        for (String column : columns) {
            String[] pair = column.split("=", 2);
            if (pair[1].contains("|")) {
                settings.putList(PREFIX + pair[0], pair[1].split("\\|"));
            } else {
                settings.put(PREFIX + pair[0], pair[1]);
            }
        }
        return new Environment(settings.build(), Path.of("/"));
    }
}
