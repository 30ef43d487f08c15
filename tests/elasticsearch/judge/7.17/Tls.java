package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.env.Environment;

import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What the settings of a node make, in Elasticsearch 7, whose nodes do not use the library elasticsearch-ssl-config. */
class Tls {
    static X509ExtendedTrustManager trustManager(List<String> settings) {
        Environment environment = NodeSettings.environment(settings);
        return configuration(environment).trustConfig().createTrustManager(environment);
    }

    /** Nothing where the settings name no key. */
    static X509ExtendedKeyManager keyManager(List<String> settings) {
        Environment environment = NodeSettings.environment(settings);
        return configuration(environment).keyConfig().createKeyManager(environment);
    }

    private static SSLConfiguration configuration(Environment environment) {
        return new SSLConfiguration(environment.settings().getByPrefix(NodeSettings.PREFIX));
    }

    static SSLEngine engine(SSLService service, String host, int port) {
        return service.createSSLEngine(service.getSSLConfiguration("xpack.security.transport.ssl"), host, port);
    }
}
