import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks the JDK whether a server's certificate fits the host that was dialled: what a node with
 * {@code verification_mode: full} asks on an outgoing connection.
 *
 * <p>{@code java HostName.java [--sni NAME] FILE HOST [[--sni NAME] FILE HOST]...} prints
 * {@code FILE<TAB>HOST<TAB>ok|MESSAGE}. The certificate is its own anchor, so that only its names
 * decide; {@code --sni} holds for the one pair that follows. {@code -} as the only argument reads the
 * arguments from standard input, one a line.
 */
public class HostName {
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (words.equals(List.of("-"))) {
            words = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        for (int i = 0; i < words.size(); ) {
            String name = null;
            if (words.get(i).equals("--sni")) {
                name = words.get(i + 1);
                i += 2;
            }
            String file = words.get(i++);
            String host = words.get(i++);
            System.out.println(file + "\t" + host + "\t" + verdict(file, host, name));
        }
    }

    private static String verdict(String file, String host, String sni) {
        try (InputStream bytes = Files.newInputStream(Path.of(file))) {
            X509Certificate leaf = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            trusting(leaf).checkServerTrusted(
                new X509Certificate[] {leaf}, "UNKNOWN", new Engine(host, sni));
            return "ok";
        } catch (Exception refusal) {
            return String.valueOf(refusal.getMessage()).replaceAll("\\s+", " ");
        }
    }

    private static X509ExtendedTrustManager trusting(X509Certificate leaf) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("leaf", leaf);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** A client's engine in the middle of a handshake with a host, as far as a trust manager looks. */
    private static final class Engine extends SSLEngine {
        private final SSLParameters parameters = new SSLParameters();
        private final SSLSession session;

        Engine(String host, String sni) {
            super(host, 9300);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            session = new Handshake(host, sni);
        }

        @Override public SSLSession getHandshakeSession() { return session; }
        @Override public SSLSession getSession() { return session; }
        @Override public SSLParameters getSSLParameters() { return parameters; }
        @Override public boolean getUseClientMode() { return true; }

        @Override public SSLEngineResult wrap(
            java.nio.ByteBuffer[] from, int offset, int length, java.nio.ByteBuffer to) { return none(); }
        @Override public SSLEngineResult unwrap(
            java.nio.ByteBuffer from, java.nio.ByteBuffer[] to, int offset, int length) { return none(); }
        @Override public Runnable getDelegatedTask() { return none(); }
        @Override public void closeInbound() { none(); }
        @Override public boolean isInboundDone() { return none(); }
        @Override public void closeOutbound() { none(); }
        @Override public boolean isOutboundDone() { return none(); }
        @Override public String[] getSupportedCipherSuites() { return none(); }
        @Override public String[] getEnabledCipherSuites() { return none(); }
        @Override public void setEnabledCipherSuites(String[] suites) { none(); }
        @Override public String[] getSupportedProtocols() { return none(); }
        @Override public String[] getEnabledProtocols() { return none(); }
        @Override public void setEnabledProtocols(String[] protocols) { none(); }
        @Override public void beginHandshake() { none(); }
        @Override public SSLEngineResult.HandshakeStatus getHandshakeStatus() { return none(); }
        @Override public void setUseClientMode(boolean mode) { none(); }
        @Override public void setNeedClientAuth(boolean need) { none(); }
        @Override public boolean getNeedClientAuth() { return none(); }
        @Override public void setWantClientAuth(boolean want) { none(); }
        @Override public boolean getWantClientAuth() { return none(); }
        @Override public void setEnableSessionCreation(boolean flag) { none(); }
        @Override public boolean getEnableSessionCreation() { return none(); }
    }

    private static final class Handshake extends ExtendedSSLSession {
        private final String host;
        private final List<SNIServerName> names;

        Handshake(String host, String sni) {
            this.host = host;
            names = sni == null ? List.of() : List.of(new SNIHostName(sni));
        }

        @Override public String getPeerHost() { return host; }
        @Override public List<SNIServerName> getRequestedServerNames() { return names; }
        @Override public String getProtocol() { return "TLSv1.3"; }
        @Override public String[] getLocalSupportedSignatureAlgorithms() {
            return new String[] {
                "SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA", "SHA256withRSA", "SHA384withRSA",
                "SHA512withRSA", "RSASSA-PSS", "Ed25519"
            };
        }
        @Override public String[] getPeerSupportedSignatureAlgorithms() {
            return getLocalSupportedSignatureAlgorithms();
        }
        @Override public List<byte[]> getStatusResponses() { return List.of(); }

        @Override public byte[] getId() { return none(); }
        @Override public SSLSessionContext getSessionContext() { return none(); }
        @Override public long getCreationTime() { return none(); }
        @Override public long getLastAccessedTime() { return none(); }
        @Override public void invalidate() { none(); }
        @Override public boolean isValid() { return none(); }
        @Override public void putValue(String name, Object value) { none(); }
        @Override public Object getValue(String name) { return none(); }
        @Override public void removeValue(String name) { none(); }
        @Override public String[] getValueNames() { return none(); }
        @Override public Certificate[] getPeerCertificates() { return none(); }
        @Override public Certificate[] getLocalCertificates() { return none(); }
        @Override public java.security.Principal getPeerPrincipal() { return none(); }
        @Override public java.security.Principal getLocalPrincipal() { return none(); }
        @Override public String getCipherSuite() { return none(); }
        @Override public int getPeerPort() { return none(); }
        @Override public int getPacketBufferSize() { return none(); }
        @Override public int getApplicationBufferSize() { return none(); }
    }

    /** The answer of everything that a trust manager has no business to ask. */
    private static <T> T none() {
        throw new UnsupportedOperationException();
    }
}
