import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists what Java finds in key stores.
 *
 * <p>{@code java KeyStoreList.java [--type TYPE] [--pass PASSWORD] [--key-pass PASSWORD] FILE...}
 * (the options hold for the files that follow; keys have the password of the store where none of their
 * own is named after it) prints one line an entry:
 * {@code FILE<TAB>key|trusted|secret<TAB>ALIAS<TAB>SUBJECTS<TAB>SHA-256 FINGERPRINTS}, subjects as
 * RFC 2253 joined by {@code " | "}, fingerprints joined by a comma, leaf first (both empty for a key
 * without a certificate; a secret key shows its algorithm instead of a subject); a file without
 * entries gives {@code FILE<TAB>empty} and one that Java cannot open {@code FILE<TAB>error<TAB>MESSAGE}.
 * A key that the password does not open is an error of the file. {@code -} as the only argument
 * reads the arguments from standard input, one a line.
 */
public class KeyStoreList {
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (words.equals(List.of("-"))) {
            words = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        String type = "PKCS12";
        char[] password = new char[0];
        char[] keys = password;
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--type" -> type = words.get(++i);
                case "--pass" -> {
                    password = words.get(++i).toCharArray();
                    keys = password;
                }
                case "--key-pass" -> keys = words.get(++i).toCharArray();
                default -> list(words.get(i), type, password, keys);
            }
        }
    }

    private static void list(String file, String type, char[] password, char[] keys) {
        StringBuilder lines = new StringBuilder();
        try (InputStream bytes = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(bytes, password);
            List<String> aliases = Collections.list(store.aliases()).stream().sorted().toList();
            for (String alias : aliases) {
                lines.append(file).append('\t').append(entry(store, alias, keys)).append('\n');
            }
            System.out.print(lines.isEmpty() ? file + "\tempty\n" : lines);
        } catch (Exception error) {
            System.out.println(file + "\terror\t" + error.getMessage());
        }
    }

    private static String entry(KeyStore store, String alias, char[] password) throws Exception {
        if (store.isCertificateEntry(alias)) {
            return describe("trusted", alias, store.getCertificate(alias));
        }
        java.security.Key key = store.getKey(alias, password);
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain == null && key instanceof java.security.PrivateKey) {
            return "key\t" + alias + "\t\t";
        }
        if (chain == null) {
            return "secret\t" + alias + "\t" + key.getAlgorithm() + "\t";
        }
        return describe("key", alias, chain);
    }

    private static String describe(String kind, String alias, Certificate... chain) {
        String subjects = Stream.of(chain)
            .map(link -> ((X509Certificate) link).getSubjectX500Principal().getName())
            .collect(Collectors.joining(" | "));
        String prints =
            Stream.of(chain).map(KeyStoreList::fingerprint).collect(Collectors.joining(","));
        return String.join("\t", kind, alias, subjects, prints);
    }

    private static String fingerprint(Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (java.security.GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }
}
