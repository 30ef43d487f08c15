package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.ssl.SslConfiguration;
import org.elasticsearch.env.Environment;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** TLS settings as a node has them, given as {@code KEY=VALUE} without the prefix. */
class Tls {
    private static final String PREFIX = "xpack.security.transport.ssl.";

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

    static SslConfiguration configuration(List<String> columns) {
        Environment environment = environment(columns);
        return SslSettingsLoader.load(environment.settings(), PREFIX, environment);
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

    static X509Certificate[] chain(Path file) throws Exception {
        try (InputStream bytes = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes).toArray(X509Certificate[]::new);
        }
    }

    static String fingerprint(Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
