package org.elasticsearch.xpack.core.ssl;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Two nodes shake hands in memory, by engines that Elasticsearch sets up for its transport layer. */
class Handshake {
    static Map<String, Judge.Question> kinds() {
        return Map.of("handshake", Handshake::handshake);
    }

    /**
     * HOST that the client dials, NAME for SNI or nothing, then {@code server:SETTING} and
     * {@code client:SETTING}: {@code ok} and the protocol, else the side that refused and why.
     */
    private static List<String> handshake(List<String> columns) throws Exception {
        SSLService server = service(columns, "server:");
        SSLService client = service(columns, "client:");
        SSLEngine accepts = Tls.engine(server, null, -1);
        SSLEngine dials = Tls.engine(client, columns.get(0), 9300);
        accepts.setUseClientMode(false);
        dials.setUseClientMode(true);
        if (!columns.get(1).isEmpty()) {
            SSLParameters parameters = dials.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(columns.get(1))));
            dials.setSSLParameters(parameters);
        }
        return converse(accepts, dials);
    }

    private static SSLService service(List<String> columns, String side) {
        List<String> settings = columns.stream().filter(c -> c.startsWith(side)).map(c -> c.substring(side.length())).toList();
        return new SSLService(NodeSettings.environment(settings));
    }

    private static List<String> converse(SSLEngine server, SSLEngine client) {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17), toClient = ByteBuffer.allocate(1 << 17);
        for (int turn = 0; turn < 50; turn++) {
            String refusal = step(client, toClient, toServer);
            if (refusal != null) {
                return List.of("client", refusal);
            }
            refusal = step(server, toServer, toClient);
            if (refusal != null) {
                return List.of("server", refusal);
            }
            if (done(client) && done(server) && toServer.position() == 0 && toClient.position() == 0) {
                return List.of("done", client.getSession().getProtocol());
            }
        }
        return List.of("stuck", client.getHandshakeStatus() + " " + server.getHandshakeStatus());
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
            && !engine.getSession().getProtocol().equals("NONE");
    }

    /** Reads what has come and writes what there is to say. Nothing, or why this side refuses. */
    private static String step(SSLEngine engine, ByteBuffer in, ByteBuffer out) {
        ByteBuffer plain = ByteBuffer.allocate(1 << 15);
        try {
            for (int round = 0; round < 100; round++) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                in.flip();
                boolean reads = engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP && in.hasRemaining();
                SSLEngineResult result = reads ? engine.unwrap(in, plain) : engine.wrap(ByteBuffer.allocate(0), out);
                in.compact();
                boolean moved = result.bytesConsumed() + result.bytesProduced() > 0;
                if (!moved && engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
                    return null;
                }
            }
            return null;
        } catch (SSLException refusal) {
            return Judge.messages(refusal);
        }
    }
}
