import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;

/**
 * Lets two nodes shake hands in memory, each asking for the other's certificate, as Elasticsearch's
 * transport layer does with {@code verification_mode: certificate}.
 *
 * <p>{@code java Handshake.java [--pass PASSWORD] [--trust FILE]... (SERVER.p12 CLIENT.p12)...} prints
 * {@code SERVER<TAB>CLIENT<TAB>ok PROTOCOL|server: MESSAGE|client: MESSAGE}, the side that refused and
 * why. Both trust the PEM certificates of the {@code --trust} files; without any, the trusted entries
 * of their own stores. A {@code --trust} after a pair starts a new list. {@code -} as the only argument reads the arguments from standard input.
 */
public class Handshake {
    private static final List<Certificate> ANCHORS = new ArrayList<>();
    private static char[] password = new char[0];

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (words.equals(List.of("-"))) {
            words = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        boolean judged = false;
        for (int i = 0; i < words.size(); i += 2) {
            String first = words.get(i);
            String second = words.get(i + 1);
            if (first.equals("--pass")) {
                password = second.toCharArray();
            } else if (first.equals("--trust")) {
                if (judged) {
                    ANCHORS.clear();
                }
                judged = false;
                trust(Path.of(second));
            } else {
                judged = true;
                System.out.println(first + "\t" + second + "\t" + verdict(first, second));
            }
        }
    }

    private static void trust(Path file) throws Exception {
        try (InputStream bytes = Files.newInputStream(file)) {
            ANCHORS.addAll(CertificateFactory.getInstance("X.509").generateCertificates(bytes));
        }
    }

    private static String verdict(String server, String client) throws Exception {
        SSLEngine[] sides = {context(server).createSSLEngine(), context(client).createSSLEngine()};
        sides[0].setUseClientMode(false);
        sides[0].setNeedClientAuth(true);
        sides[1].setUseClientMode(true);
        ByteBuffer[] wires = {wire(sides[0]), wire(sides[0])};
        // Twenty turns are more than any handshake takes.
        for (int turn = 0; turn < 40; turn++) {
            int side = 1 - turn % 2;
            try {
                advance(sides[side], wires[side], wires[1 - side]);
            } catch (Exception refusal) {
                return (side == 0 ? "server: " : "client: ") + message(refusal);
            }
        }
        for (SSLEngine side : sides) {
            if (side.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                return "unfinished";
            }
        }
        return "ok " + sides[0].getSession().getProtocol();
    }

    /** Reads all that came in, then writes until there is nothing more to say. */
    private static void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        in.flip();
        while (in.hasRemaining()) {
            engine.unwrap(in, plain);
            runTasks(engine);
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                engine.wrap(ByteBuffer.allocate(0), out);
            }
            plain.clear();
        }
        in.clear();
        for (int i = 0; i < 8; i++) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_WRAP
                || status == HandshakeStatus.NOT_HANDSHAKING && engine.getUseClientMode() && i == 0) {
                engine.wrap(ByteBuffer.allocate(0), out);
            }
            runTasks(engine);
        }
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; ) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    private static ByteBuffer wire(SSLEngine engine) {
        return ByteBuffer.allocate(16 * engine.getSession().getPacketBufferSize());
    }

    private static SSLContext context(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(Path.of(file))) {
            store.load(bytes, password);
        }
        String algorithm = KeyManagerFactory.getDefaultAlgorithm();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(algorithm);
        keys.init(store, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors(store));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore anchors(KeyStore own) throws Exception {
        List<Certificate> list = new ArrayList<>(ANCHORS);
        for (String alias : list.isEmpty() ? Collections.list(own.aliases()) : List.<String>of()) {
            if (own.isCertificateEntry(alias)) {
                list.add(own.getCertificate(alias));
            }
        }
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        for (int i = 0; i < list.size(); i++) {
            anchors.setCertificateEntry("cert" + i, list.get(i));
        }
        return anchors;
    }

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
}
