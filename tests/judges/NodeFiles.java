import java.io.BufferedReader;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * Opens the files of a node's settings, in the order of steps in which Elasticsearch does.
 *
 * <p>Standard input has one question a line: {@code USE<TAB>FILE<TAB>PASSWORD<TAB>KEY PASSWORD};
 * the last field counts for key stores only. USE is one of
 *
 * <ul>
 *   <li>{@code keystore}: a key store of which a node presents a key. {@code ok}, then the alias and
 *       the fingerprint of the entry that the key manager chooses as server, EC before RSA;
 *   <li>{@code truststore}: {@code ok}, then the fingerprints of what is trusted, sorted;
 *   <li>{@code key}: a PEM file with a private key. {@code ok}, then its algorithm;
 *   <li>{@code certificate}: a file of certificates. {@code ok}, then their fingerprints in order.
 * </ul>
 *
 * <p>The type of a store is told by its path, as Elasticsearch does: {@code .p12}, {@code .pfx} and
 * {@code .pkcs12} are PKCS#12, all others JKS. The answer is the first two fields of the question and
 * what follows from above, or {@code error} and Java's message.
 */
public class NodeFiles {
    public static void main(String[] args) throws Exception {
        for (String line : new String(System.in.readAllBytes(), "UTF-8").lines().toList()) {
            String[] field = line.split("\t", -1);
            char[] password = field[2].toCharArray();
            char[] key = field[3].toCharArray();
            String answer;
            try {
                Path file = Path.of(field[1]);
                answer = "ok\t" + switch (field[0]) {
                    case "keystore" -> presented(store(file, password), key);
                    case "truststore" -> trusted(store(file, password));
                    case "key" -> privateKey(file, password).getAlgorithm();
                    case "certificate" -> certificates(file);
                    default -> throw new IllegalArgumentException(field[0]);
                };
            } catch (Exception error) {
                answer = "error\t" + error.toString().lines().collect(Collectors.joining(" "));
            }
            System.out.println(field[0] + "\t" + field[1] + "\t" + answer);
        }
    }

    private static KeyStore store(Path file, char[] password) throws Exception {
        boolean is12 = Stream.of(".p12", ".pfx", ".pkcs12").anyMatch(file.toString()::endsWith);
        KeyStore store = KeyStore.getInstance(is12 ? "PKCS12" : "jks");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, password);
        }
        return store;
    }

    private static String presented(KeyStore store, char[] password) throws Exception {
        boolean any = false;
        for (String alias : Collections.list(store.aliases())) {
            any |= store.isKeyEntry(alias);
        }
        if (!any) {
            throw new IllegalStateException("no private key entry");
        }
        String algorithm = KeyManagerFactory.getDefaultAlgorithm();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
        factory.init(store, password);
        for (KeyManager one : factory.getKeyManagers()) {
            X509ExtendedKeyManager manager = (X509ExtendedKeyManager) one;
            for (String type : List.of("EC", "RSA", "DSA")) {
                String alias = manager.chooseEngineServerAlias(type, (Principal[]) null, null);
                if (alias != null) {
                    return alias + "\t" + fingerprint(manager.getCertificateChain(alias)[0]);
                }
            }
        }
        throw new IllegalStateException("no key that is presented");
    }

    private static String trusted(KeyStore store) throws Exception {
        boolean any = false;
        for (String alias : Collections.list(store.aliases())) {
            any |= store.isCertificateEntry(alias);
        }
        if (!any) {
            throw new IllegalStateException("no trusted certificate entry");
        }
        String algorithm = TrustManagerFactory.getDefaultAlgorithm();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(algorithm);
        factory.init(store);
        List<String> prints = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            for (X509Certificate one : ((X509TrustManager) manager).getAcceptedIssuers()) {
                prints.add(fingerprint(one));
            }
        }
        return prints.stream().sorted().distinct().collect(Collectors.joining(","));
    }

    private static String certificates(Path file) throws Exception {
        Collection<? extends Certificate> found;
        try (InputStream bytes = Files.newInputStream(file)) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no certificate");
        }
        List<String> prints = new ArrayList<>();
        for (Certificate one : found) {
            prints.add(fingerprint(one));
        }
        return String.join(",", prints);
    }

    private static String fingerprint(Certificate one) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(one.getEncoded());
        return HexFormat.of().formatHex(digest);
    }

    /** The first line that begins like a PEM block decides what the file is. */
    private static PrivateKey privateKey(Path file, char[] password) throws Exception {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("-----BEGIN")) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("file is empty");
            }
            String label = line.trim();
            if (label.equals(begin("EC PARAMETERS")) || label.equals(begin("DSA PARAMETERS"))) {
                String end = label.replace("BEGIN", "END");
                do {
                    line = lines.readLine();
                } while (line != null && !line.trim().equals(end));
                line = lines.readLine();
                String expected = label.replace("PARAMETERS", "PRIVATE KEY");
                if (line == null || !line.trim().equals(expected)) {
                    throw new IllegalStateException("the key does not follow its parameters");
                }
                label = expected;
            }
            String name = label.replaceAll("^-----BEGIN |-----$", "");
            List<String> known = List.of("ENCRYPTED PRIVATE KEY", "PRIVATE KEY",
                "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY");
            if (!known.contains(name) || !label.equals(begin(name))) {
                throw new IllegalStateException("no supported key format");
            }
            return block(lines, name, password);
        }
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    private static PrivateKey block(BufferedReader lines, String name, char[] password)
        throws Exception {
        boolean hasHeaders = !name.endsWith("ENCRYPTED PRIVATE KEY") && !name.equals("PRIVATE KEY");
        Map<String, String> headers = new HashMap<>();
        StringBuilder text = new StringBuilder();
        String end = "-----END " + name + "-----";
        String line = lines.readLine();
        while (line != null && !line.trim().equals(end)) {
            if (hasHeaders && line.contains(":")) {
                String[] header = line.split(":");
                headers.put(header[0].trim(), header[1].trim());
            } else {
                text.append(line.trim());
            }
            line = lines.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the footer is invalid or missing");
        }
        byte[] bytes = Base64.getDecoder().decode(text.toString());
        if (name.equals("ENCRYPTED PRIVATE KEY")) {
            return encrypted(bytes, password);
        }
        if ("4,ENCRYPTED".equals(headers.get("Proc-Type"))) {
            bytes = traditional(headers.get("DEK-Info"), bytes, password);
        }
        return switch (name) {
            case "PRIVATE KEY" -> pkcs8(bytes);
            case "RSA PRIVATE KEY" -> pkcs8(wrap("300d06092a864886f70d0101010500", bytes));
            case "EC PRIVATE KEY" -> ec(bytes);
            default -> throw new UnsupportedOperationException("not asked here: " + name);
        };
    }

    private static PrivateKey encrypted(byte[] bytes, char[] password) throws Exception {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
        String algorithm = info.getAlgName();
        if (algorithm.equals("PBES2") || algorithm.equals("1.2.840.113549.1.5.13")) {
            algorithm = info.getAlgParameters().toString();
        }
        SecretKey key =
            SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        return pkcs8(info.getKeySpec(cipher).getEncoded());
    }

    private static byte[] traditional(String header, byte[] bytes, char[] password)
        throws Exception {
        String[] part = header.split(",");
        int length = switch (part[0]) {
            case "DES-CBC" -> 8;
            case "DES-EDE3-CBC", "AES-192-CBC" -> 24;
            case "AES-128-CBC" -> 16;
            case "AES-256-CBC" -> 32;
            default -> throw new IllegalStateException("unsupported algorithm " + part[0]);
        };
        byte[] iv = HexFormat.of().parseHex(part[1]);
        byte[] key = new byte[0];
        byte[] digest = new byte[0];
        while (key.length < length) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(digest);
            md5.update(new String(password).getBytes(StandardCharsets.UTF_8));
            md5.update(iv, 0, 8);
            digest = md5.digest();
            int before = key.length;
            key = Arrays.copyOf(key, before + digest.length);
            System.arraycopy(digest, 0, key, before, digest.length);
        }
        String name = part[0].startsWith("AES") ? "AES" : length == 8 ? "DES" : "DESede";
        Cipher cipher = Cipher.getInstance(name + "/CBC/PKCS5Padding");
        SecretKeySpec secret = new SecretKeySpec(Arrays.copyOf(key, length), name);
        cipher.init(Cipher.DECRYPT_MODE, secret, new IvParameterSpec(iv));
        return cipher.doFinal(bytes);
    }

    private static PrivateKey pkcs8(byte[] der) throws Exception {
        String hex = HexFormat.of().formatHex(der, 0, Math.min(der.length, 48));
        String name = Map.of(
            "06092a864886f70d010101", "RSA", "06072a8648ce3d0201", "EC", "06072a8648ce380401", "DSA")
            .entrySet().stream().filter(row -> hex.contains(row.getKey())).map(Map.Entry::getValue)
            .findFirst().orElseThrow(() -> new IllegalStateException("no supported algorithm"));
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** The named curve stands in the key itself. */
    private static PrivateKey ec(byte[] der) throws Exception {
        String hex = HexFormat.of().formatHex(der);
        for (String curve : List.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023")) {
            if (hex.contains("a0" + String.format("%02x", curve.length() / 2) + curve)) {
                byte[] oid = HexFormat.of().parseHex("06072a8648ce3d0201" + curve);
                return pkcs8(wrap("30" + String.format("%02x", oid.length)
                    + HexFormat.of().formatHex(oid), der));
            }
        }
        throw new IllegalStateException("no named curve");
    }

    /** A PKCS#8 structure around a key, which has an algorithm in hexadecimal. */
    private static byte[] wrap(String algorithm, byte[] key) {
        String inner = "020100" + algorithm + tagged("04", HexFormat.of().formatHex(key));
        return HexFormat.of().parseHex(tagged("30", inner));
    }

    private static String tagged(String tag, String hex) {
        int length = hex.length() / 2;
        String octets = BigInteger.valueOf(length).toString(16);
        octets = octets.length() % 2 == 0 ? octets : "0" + octets;
        String prefix = length < 0x80 ? "" : String.format("%02x", 0x80 + octets.length() / 2);
        return tag + prefix + octets + hex;
    }
}
