import java.io.DataInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A TLS server on the loopback address, set up as Elasticsearch's transport layer is.
 *
 * <p>{@code java TlsServer.java STORE.p12 PASSWORD TRUST.pem none|need|deny [PROTOCOL]...} prints its
 * port, and then answers the transport handshake until its own standard input ends. It trusts
 * the certificates of the PEM file. With {@code need} it requires a client certificate; with
 * {@code deny} it does, and refuses each that is trusted, as trust restrictions do.
 */
public class TlsServer {
    public static void main(String[] args) throws Exception {
        SSLContext context = context(args[0], args[1].toCharArray(), args[2], args[3].equals("deny"));
        SSLServerSocket server = (SSLServerSocket)
            context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        server.setNeedClientAuth(!args[3].equals("none"));
        if (args.length > 4) {
            server.setEnabledProtocols(Arrays.copyOfRange(args, 4, args.length));
        }
        System.out.println(server.getLocalPort());
        System.out.flush();
        Thread acceptor = new Thread(() -> {
            while (true) {
                try {
                    Socket client = server.accept();
                    Thread reader = new Thread(() -> drain(client));
                    reader.setDaemon(true);
                    reader.start();
                } catch (Exception end) {
                    return;
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
        System.in.readAllBytes();
    }

    private static void drain(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (in.readShort() == 0x4553) {
                byte[] message = in.readNBytes(in.readInt());
                client.getOutputStream().write(answer(message));
            }
        } catch (Exception refused) {
            // What the client makes of it is what is tested.
        }
    }

    /**
     * The handshake of Elasticsearch's transport protocol as a node of release 9.0.0 answers it. The
     * version of the message stands behind request id and status; only the newer one has the release.
     */
    private static byte[] answer(byte[] message) {
        byte[] version = Arrays.copyOfRange(message, 9, 13);
        boolean newer = version[1] == (byte) 0x86;
        ByteBuffer answer = ByteBuffer.allocate(64);
        answer.put(new byte[] {'E', 'S'}).putInt(newer ? 29 : 23).put(message, 0, 8).put((byte) 9);
        answer.put(version).putInt(2).putShort((short) 0).putInt(0xc9a8a504);
        if (newer) {
            answer.put((byte) 5).put("9.0.0".getBytes());
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private static SSLContext context(String file, char[] password, String trust, boolean deny)
        throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(Path.of(file))) {
            store.load(bytes, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, password);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        try (InputStream bytes = Files.newInputStream(Path.of(trust))) {
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                anchors.setCertificateEntry("cert" + number++, one);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        X509ExtendedTrustManager judge = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager manager = deny ? new Restricted(judge) : judge;
        context.init(keys.getKeyManagers(), new TrustManager[] {manager}, null);
        return context;
    }

    /** Refuses clients after their chain was accepted. */
    private static class Restricted extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager judge;

        Restricted(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
            judge.checkClientTrusted(chain, type, engine);
            throw new CertificateException("does not match the trusted names");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
            judge.checkClientTrusted(chain, type, socket);
            throw new CertificateException("does not match the trusted names");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
            throw new CertificateException("does not match the trusted names");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
            judge.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
            judge.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
