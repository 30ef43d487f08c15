package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.ssl.SslConfiguration;
import org.elasticsearch.env.Environment;

import java.lang.reflect.Method;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What the settings of a node make, in Elasticsearch 8 and 9. */
class Tls {
    static X509ExtendedTrustManager trustManager(List<String> settings) {
        return configuration(settings).trustConfig().createTrustManager();
    }

    /** Nothing where the settings name no key. */
    static X509ExtendedKeyManager keyManager(List<String> settings) {
        return configuration(settings).keyConfig().createKeyManager();
    }

    private static SslConfiguration configuration(List<String> settings) {
        Environment environment = NodeSettings.environment(settings);
        return SslSettingsLoader.load(environment.settings(), NodeSettings.PREFIX, environment);
    }

    /** An engine of the transport layer, which Elasticsearch 9 hands out in another way. */
    static SSLEngine engine(SSLService service, String host, int port) throws Exception {
        try {
            Object profile = SSLService.class.getMethod("profile", String.class).invoke(service, "xpack.security.transport.ssl");
            Method engine = Class.forName("org.elasticsearch.xpack.core.ssl.SslProfile").getMethod("engine", String.class, int.class);
            return (SSLEngine) engine.invoke(profile, host, port);
        } catch (NoSuchMethodException eight) {
            Object configuration = SSLService.class.getMethod("getSSLConfiguration", String.class).invoke(service, "xpack.security.transport.ssl");
            Method engine = SSLService.class.getMethod("createSSLEngine", SslConfiguration.class, String.class, int.class);
            return (SSLEngine) engine.invoke(service, configuration, host, port);
        }
    }
}
