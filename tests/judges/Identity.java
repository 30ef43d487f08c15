import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Asks the JDK what an API key's {@code certificate_identity} asks: whether all of a certificate's
 * distinguished name matches a regular expression.
 *
 * <p>{@code java Identity.java [PATTERN SUBJECT]...} prints {@code PATTERN<TAB>NAME<TAB>yes|no|error}.
 * SUBJECT is {@code =NAME}, a name as it is, or the file of a certificate. {@code -} as the only
 * argument reads the arguments from standard input, one a line.
 */
public class Identity {
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (words.equals(List.of("-"))) {
            words = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            String pattern = words.get(i);
            String name = name(words.get(i + 1));
            out.append(pattern).append('\t').append(name).append('\t').append(verdict(pattern, name)).append('\n');
        }
        System.out.write(out.toString().getBytes("UTF-8"));
        System.out.flush();
    }

    private static String name(String subject) throws Exception {
        if (subject.startsWith("=")) {
            return subject.substring(1);
        }
        try (InputStream bytes = Files.newInputStream(Path.of(subject))) {
            X509Certificate leaf = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            return leaf.getSubjectX500Principal().getName();
        }
    }

    private static String verdict(String pattern, String name) {
        try {
            return Pattern.compile(pattern).matcher(name).matches() ? "yes" : "no";
        } catch (PatternSyntaxException malformed) {
            return "error";
        }
    }
}
