import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Asks the JDK's own PKIX trust manager, the one behind a node's transport layer, to judge chains.
 *
 * <p>{@code java Pkix.java [--pass PASSWORD] (--trust FILE... --chain FILE...)...} prints one line a
 * chain and role: {@code FILE<TAB>client|server<TAB>ok|MESSAGE}. A trust file is PEM, DER or
 * PKCS#12; a chain file is PEM, its first certificate the leaf. A new {@code --trust} after a
 * {@code --chain} starts a new list of anchors; {@code -} as the only argument reads the arguments
 * from standard input, one a line.
 */
public class Pkix {
    private static final List<String> ROLES = List.of("client", "server");
    private static char[] password = new char[0];

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (words.equals(List.of("-"))) {
            words = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        List<X509Certificate> anchors = new ArrayList<>();
        X509TrustManager manager = null;
        Exception unread = null;
        String option = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--trust") || word.equals("--chain")) {
                if (word.equals("--trust") && option.equals("--chain")) {
                    anchors.clear();
                    manager = null;
                    unread = null;
                }
                option = word;
            } else if (word.equals("--pass")) {
                password = words.get(++i).toCharArray();
            } else if (option.equals("--trust")) {
                try {
                    anchors.addAll(trusted(Path.of(word)));
                } catch (CertificateException problem) {
                    unread = problem;
                }
            } else if (option.equals("--chain") && unread != null) {
                for (String role : ROLES) {
                    System.out.println(word + "\t" + role + "\t" + message(unread));
                }
            } else if (option.equals("--chain")) {
                manager = manager == null ? trustManager(anchors) : manager;
                judge(manager, word);
            } else {
                throw new IllegalArgumentException(word);
            }
        }
    }

    private static void judge(X509TrustManager manager, String file) {
        for (String role : ROLES) {
            System.out.println(file + "\t" + role + "\t" + verdict(manager, file, role));
        }
    }

    private static String verdict(X509TrustManager manager, String file, String role) {
        try {
            X509Certificate[] chain = certificates(Path.of(file)).toArray(X509Certificate[]::new);
            // The key types that JSSE passes with TLS 1.3.
            if (role.equals("client")) {
                manager.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            } else {
                manager.checkServerTrusted(chain, "UNKNOWN");
            }
            return "ok";
        } catch (Exception refusal) {
            return message(refusal);
        }
    }

    /** The messages of an exception and its causes, without repetition, on one line. */
    private static String message(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String own = String.valueOf(cause.getMessage());
            if (text.indexOf(own) < 0) {
                text.append(text.isEmpty() ? "" : "; ").append(own);
            }
        }
        return text.toString().replaceAll("\\s+", " ");
    }

    /** Every listed certificate is an anchor, as in a list of `certificate_authorities`. */
    private static X509TrustManager trustManager(List<X509Certificate> anchors) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (X509Certificate anchor : anchors) {
            store.setCertificateEntry("cert" + number++, anchor);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        if (System.getProperty("pkix.at") == null) {
            factory.init(store);
        } else {
            factory.init(new CertPathTrustManagerParameters(at(store)));
        }
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** With -Dpkix.at=INSTANT the chains are judged at that time instead of now. */
    private static PKIXBuilderParameters at(KeyStore store) throws Exception {
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        parameters.setRevocationEnabled(false);
        String time = System.getProperty("pkix.at");
        parameters.setDate(java.util.Date.from(java.time.Instant.parse(time)));
        return parameters;
    }

    private static List<X509Certificate> trusted(Path file) throws Exception {
        try {
            return certificates(file);
        } catch (CertificateException notCertificates) {
            try {
                return trustedEntries(file);
            } catch (IOException noStore) {
                throw notCertificates;
            }
        }
    }

    private static List<X509Certificate> trustedEntries(Path file) throws Exception {
        List<X509Certificate> found = new ArrayList<>();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, password);
        }
        Enumeration<String> aliases = store.aliases();
        while (aliases.hasMoreElements()) {
            String alias = aliases.nextElement();
            if (store.isCertificateEntry(alias)) {
                found.add((X509Certificate) store.getCertificate(alias));
            }
        }
        return found;
    }

    private static List<X509Certificate> certificates(Path file) throws Exception {
        try (InputStream bytes = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            List<X509Certificate> list = new ArrayList<>();
            all.forEach(certificate -> list.add((X509Certificate) certificate));
            return list;
        }
    }
}
