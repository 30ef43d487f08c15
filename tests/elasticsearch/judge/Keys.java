package org.elasticsearch.xpack.core.ssl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.X509ExtendedKeyManager;

/** Which key and certificate a node presents. */
class Keys {
    private static final List<String> TYPES = List.of("EC", "EdDSA", "RSA", "RSASSA-PSS", "DSA");

    static Map<String, Judge.Question> kinds() {
        return Map.of("keys", Keys::keys, "anchors", Keys::anchors);
    }

    /** SETTING...: the fingerprint of the certificate that is presented for each type of key that has one. */
    private static List<String> keys(List<String> columns) throws Exception {
        X509ExtendedKeyManager manager = Tls.keyManager(columns);
        List<String> answer = new ArrayList<>();
        for (String type : manager == null ? List.<String>of() : TYPES) {
            String alias = manager.chooseEngineServerAlias(type, null, null);
            if (alias != null && manager.getPrivateKey(alias) != null) {
                answer.add(type + "=" + Certificates.fingerprint(manager.getCertificateChain(alias)[0]));
            }
        }
        return answer;
    }

    /** SETTING...: the fingerprints of the certificates that the node trusts. */
    private static List<String> anchors(List<String> columns) throws Exception {
        List<String> answer = new ArrayList<>();
        for (var anchor : Tls.trustManager(columns).getAcceptedIssuers()) {
            answer.add(Certificates.fingerprint(anchor));
        }
        return answer;
    }
}
