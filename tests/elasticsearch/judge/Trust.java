package org.elasticsearch.xpack.core.ssl;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whom a node trusts: the trust manager that its settings make, restrictions and all. */
class Trust {
    private static List<String> settings = List.of();
    private static X509ExtendedTrustManager manager;

    static Map<String, Judge.Question> kinds() {
        return Map.of("trust", Trust::trust);
    }

    /** FILE of a chain, SETTING...: the verdict on it as client and as server, {@code ok} or a message. */
    private static List<String> trust(List<String> columns) throws Exception {
        X509Certificate[] chain = Certificates.chain(Path.of(columns.get(0)));
        List<String> asked = columns.subList(1, columns.size());
        if (manager == null || !asked.equals(settings)) {
            manager = null;
            manager = Tls.trustManager(asked);
            settings = List.copyOf(asked);
        }
        return List.of(verdict(chain, true), verdict(chain, false));
    }

    private static String verdict(X509Certificate[] chain, boolean client) {
        try {
            // What JSSE says of a handshake by TLS 1.3.
            if (client) {
                manager.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            } else {
                manager.checkServerTrusted(chain, "UNKNOWN");
            }
            return "ok";
        } catch (CertificateException | RuntimeException refusal) {
            return Judge.messages(refusal);
        }
    }
}
