import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;

/**
 * Says whether the certificate factory reads a critical extension, and with it the certificate.
 *
 * <p>{@code java Extensions.java OID:HEX...} takes object identifiers and contents in hex, puts each extension
 * into a certificate of its own, and prints {@code OID:HEX<TAB>read}, or {@code OID:HEX<TAB>unread} with the reason
 * behind another tab. {@code -} as the only argument reads them from standard input, one a line.
 */
public class Extensions {
    private static final byte[] ECDSA = HexFormat.of().parseHex("300a06082a8648ce3d040302");
    private static final byte[] NAME = HexFormat.of().parseHex("300c310a300806035504030c0178");

    public static void main(String[] args) throws Exception {
        List<String> extensions = List.of(args);
        if (extensions.equals(List.of("-"))) {
            extensions = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        byte[] key = keys.generateKeyPair().getPublic().getEncoded();
        StringBuilder out = new StringBuilder();
        for (String extension : extensions) {
            String[] parts = extension.split(":", -1);
            byte[] der = certificate(key, parts[0], HexFormat.of().parseHex(parts[1]));
            out.append(extension).append('\t').append(outcome(der)).append('\n');
        }
        System.out.print(out);
    }

    private static String outcome(byte[] der) throws Exception {
        try {
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return "read";
        } catch (Exception error) {
            return "unread\t" + String.valueOf(error.getMessage()).replaceAll("\\s", " ");
        }
    }

    private static byte[] certificate(byte[] key, String oid, byte[] value) throws Exception {
        byte[] critical = HexFormat.of().parseHex("0101ff");
        byte[] extension = tlv(0x30, identifier(oid), critical, tlv(0x04, value));
        byte[] validity = tlv(0x30, time("240101000000Z"), time("490101000000Z"));
        byte[] signed = tlv(0x30, HexFormat.of().parseHex("a003020102020101"), ECDSA, NAME, validity, NAME,
            key, tlv(0xa3, tlv(0x30, extension)));
        return tlv(0x30, signed, ECDSA, HexFormat.of().parseHex("030100"));
    }

    private static byte[] identifier(String dotted) throws Exception {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    out.write((int) (arc >> shift & 0x7f | 0x80));
                }
            }
            out.write((int) (arc & 0x7f));
        }
        return tlv(0x06, out.toByteArray());
    }

    private static byte[] time(String text) throws Exception {
        return tlv(0x17, text.getBytes("US-ASCII"));
    }

    private static byte[] tlv(int tag, byte[]... contents) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            all.write(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (all.size() < 128) {
            out.write(all.size());
        } else {
            out.write(0x82);
            out.write(all.size() >> 8);
            out.write(all.size());
        }
        all.writeTo(out);
        return out.toByteArray();
    }
}
