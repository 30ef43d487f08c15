import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Judges many chains in one run, by the JDK's own PKIX trust manager.
 *
 * <p>{@code java Chains.java INSTANT < cases} reads {@code NAME<TAB>TRUSTED,…<TAB>PRESENTED,…} with DER in
 * base64, and prints {@code NAME<TAB>CLIENT<TAB>SERVER}: {@code ok}, or the exception's message.
 */
public class Chains {
    private static CertificateFactory factory;

    public static void main(String[] args) throws Exception {
        Date at = Date.from(Instant.parse(args[0]));
        factory = CertificateFactory.getInstance("X.509");
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        BufferedReader cases = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = cases.readLine()) != null; ) {
            String[] fields = line.split("\t", -1);
            out.println(fields[0] + "\t" + judge(fields, at, false) + "\t" + judge(fields, at, true));
        }
        out.flush();
    }

    private static String judge(String[] fields, Date at, boolean server) {
        try {
            X509TrustManager manager = manager(certificates(fields[1]), at);
            X509Certificate[] chain = certificates(fields[2]);
            // The key types that JSSE passes with TLS 1.3.
            if (server) {
                manager.checkServerTrusted(chain, "UNKNOWN");
            } else {
                manager.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            }
            return "ok";
        } catch (Exception refusal) {
            return message(refusal);
        }
    }

    private static X509TrustManager manager(X509Certificate[] anchors, Date at) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < anchors.length; i++) {
            store.setCertificateEntry("cert" + i, anchors[i]);
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        parameters.setRevocationEnabled(false);
        parameters.setDate(at);
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(new CertPathTrustManagerParameters(parameters));
        return (X509TrustManager) managers.getTrustManagers()[0];
    }

    private static X509Certificate[] certificates(String field) throws Exception {
        String[] texts = field.isEmpty() ? new String[0] : field.split(",");
        X509Certificate[] found = new X509Certificate[texts.length];
        for (int i = 0; i < texts.length; i++) {
            byte[] der = Base64.getDecoder().decode(texts[i]);
            found[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        }
        return found;
    }

    /** The messages of an exception and its causes, without repetition, on one line. */
    private static String message(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String own = cause.getClass().getSimpleName() + ": " + cause.getMessage();
            if (text.indexOf(own) < 0) {
                text.append(text.length() == 0 ? "" : "; ").append(own);
            }
        }
        return text.toString().replaceAll("\\s+", " ");
    }
}
