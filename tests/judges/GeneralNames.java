import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * Says whether {@code X509Certificate.getSubjectAlternativeNames} reads an extension with these names.
 *
 * <p>{@code java GeneralNames.java HEX...} takes GeneralName elements in hex, puts each into the
 * extension of a certificate of its own, and prints {@code HEX<TAB>read} or {@code HEX<TAB>unread}
 * with the reason behind another tab. {@code -} as the only argument reads them from standard input, one a line.
 */
public class GeneralNames {
    private static final byte[] ECDSA = HexFormat.of().parseHex("300a06082a8648ce3d040302");
    private static final byte[] NAME = HexFormat.of().parseHex("300c310a300806035504030c0178");

    public static void main(String[] args) throws Exception {
        List<String> names = List.of(args);
        if (names.equals(List.of("-"))) {
            names = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        byte[] key = keys.generateKeyPair().getPublic().getEncoded();
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            out.append(name).append('\t').append(outcome(certificate(key, name))).append('\n');
        }
        System.out.print(out);
    }

    private static String outcome(byte[] der) throws Exception {
        X509Certificate certificate = (X509Certificate)
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        try {
            return certificate.getSubjectAlternativeNames() == null ? "unread\tno names" : "read";
        } catch (Exception error) {
            return "unread\t" + error.getMessage().replaceAll("\\s", " ");
        }
    }

    private static byte[] certificate(byte[] key, String names) throws Exception {
        byte[] value = tlv(0x30, HexFormat.of().parseHex(names));
        byte[] extension = tlv(0x30, HexFormat.of().parseHex("0603551d11"), tlv(0x04, value));
        byte[] validity = tlv(0x30, time("240101000000Z"), time("490101000000Z"));
        byte[] signed = tlv(0x30, HexFormat.of().parseHex("a003020102020101"), ECDSA, NAME, validity, NAME,
            key, tlv(0xa3, tlv(0x30, extension)));
        return tlv(0x30, signed, ECDSA, HexFormat.of().parseHex("030100"));
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
