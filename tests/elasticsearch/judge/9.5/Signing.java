package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.xpack.core.security.action.apikey.CertificateIdentity;
import org.elasticsearch.xpack.security.authc.ApiKeyService;
import org.elasticsearch.xpack.security.authc.CrossClusterAccessHeaders;
import org.elasticsearch.xpack.security.transport.CrossClusterApiKeySignatureManager;
import org.elasticsearch.xpack.security.transport.X509CertificateSignature;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import sun.misc.Unsafe;

/** Cross-cluster requests that are signed, since Elasticsearch 9.3. */
class Signing {
    private static final ApiKeyService KEYS = withoutNode(ApiKeyService.class);
    private static final Method ADMITS = admits();

    static Map<String, Judge.Question> kinds() {
        return Map.of("identity", Signing::identity, "signature", Signing::signature);
    }

    /** PATTERN, FILE of a certificate: its name, and whether an API key with that {@code certificate_identity} admits it, {@code 1} or {@code 0}. */
    private static List<String> identity(List<String> columns) throws Exception {
        String pattern = new CertificateIdentity(columns.get(0)).value();
        X509Certificate[] chain = Certificates.chain(Path.of(columns.get(1)));
        String name = CrossClusterAccessHeaders.getCertificateIdentity(new X509CertificateSignature(chain, "", BytesArray.EMPTY));
        return List.of(name, (boolean) ADMITS.invoke(KEYS, name, pattern) ? "1" : "0");
    }

    private static Method admits() {
        try {
            Method admits = ApiKeyService.class.getDeclaredMethod("validateCertificateIdentity", String.class, String.class);
            admits.setAccessible(true);
            return admits;
        } catch (NoSuchMethodException other) {
            throw new IllegalStateException(other);
        }
    }

    /** Its constructor asks for the services of a node. Without that it has no cache of patterns. */
    private static <T> T withoutNode(Class<T> type) {
        try {
            Field unsafe = Unsafe.class.getDeclaredField("theUnsafe");
            unsafe.setAccessible(true);
            return type.cast(((Unsafe) unsafe.get(null)).allocateInstance(type));
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /**
     * {@code west.signing.SETTING=VALUE} and {@code signing.SETTING=VALUE}...: {@code ok} where a request that is signed by
     * the first is verified by the second; else the side that refuses, {@code signer} or {@code verifier}, and why.
     */
    private static List<String> signature(List<String> columns) {
        CrossClusterApiKeySignatureManager signer, verifier;
        X509CertificateSignature signature;
        try {
            signer = manager(columns, "west.");
            signature = signer.signerForClusterAlias("west").sign("credentials", "subject");
        } catch (RuntimeException refusal) {
            return List.of("signer", Judge.messages(refusal));
        }
        try {
            verifier = manager(columns, "signing.");
            X509CertificateSignature received = X509CertificateSignature.decode(signature.encodeToString());
            return List.of(verifier.verifier().verify(received, "credentials", "subject") ? "ok" : "verifier");
        } catch (Exception refusal) {
            return List.of("verifier", Judge.messages(refusal));
        }
    }

    /** Of one side, which has the settings that begin so. */
    private static CrossClusterApiKeySignatureManager manager(List<String> columns, String side) {
        Settings.Builder settings = Settings.builder().put("path.home", "/");
        for (String column : columns) {
            String[] pair = column.split("=", 2);
            if (column.startsWith(side)) {
                settings.put("cluster.remote." + pair[0], pair[1]);
            }
        }
        return new CrossClusterApiKeySignatureManager(new Environment(settings.build(), Path.of("/")));
    }
}
