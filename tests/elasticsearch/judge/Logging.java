package org.elasticsearch.xpack.core.ssl;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Makes Elasticsearch's logging usable outside of a node, and silent. */
class Logging {
    static void off() {
        Configurator.setRootLevel(Level.OFF);
        try {
            Class.forName("org.elasticsearch.common.logging.LogConfigurator")
                .getMethod("configureESLogging").invoke(null);
        } catch (ReflectiveOperationException older) {
            // Elasticsearch 7 has no logging of its own
        }
    }
}
