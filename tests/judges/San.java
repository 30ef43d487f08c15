import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * Shows what {@code X509Certificate.getSubjectAlternativeNames} gives, which is where Elasticsearch
 * takes the names for trust restrictions from.
 *
 * <p>{@code java San.java FILE...} prints one line a name of the file's first certificate:
 * {@code FILE<TAB>TYPE<TAB>VALUE}, the type as a number (0 otherName, 2 dNSName, 7 iPAddress …), the
 * value as text or, for bytes, in hex; {@code FILE<TAB>none} without the extension and
 * {@code FILE<TAB>error<TAB>MESSAGE} when it cannot be parsed. {@code -} as the only argument reads
 * the file names from standard input, one a line.
 */
public class San {
    public static void main(String[] args) throws Exception {
        List<String> files = List.of(args);
        if (files.equals(List.of("-"))) {
            files = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        files.forEach(San::show);
    }

    private static void show(String file) {
        try (InputStream bytes = Files.newInputStream(Path.of(file))) {
            X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                System.out.println(file + "\tnone");
                return;
            }
            for (List<?> name : names) {
                System.out.println(file + "\t" + name.get(0) + "\t" + text(name.get(1)));
            }
        } catch (Exception error) {
            System.out.println(file + "\terror\t" + error.getMessage());
        }
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
