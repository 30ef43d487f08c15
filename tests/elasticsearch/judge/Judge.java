package org.elasticsearch.xpack.core.ssl;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts questions to the classes of Elasticsearch: a question a line on standard input, its answer a
 * line on standard output. Columns are separated by tabs and escaped as {@link Text} says. The first
 * column of a question is its kind; that of an answer is {@code ok} or {@code error}.
 *
 * <p>It is in a package of Elasticsearch's, since what decides is not public.
 */
public class Judge {
    /** Answers a question, whose kind is taken off. An exception is the answer {@code error}. */
    interface Question {
        List<String> answer(List<String> columns) throws Throwable;
    }

    private static Map<String, Question> kinds() {
        Map<String, Question> kinds = new java.util.HashMap<>(Names.kinds());
        kinds.putAll(Trust.kinds());
        kinds.putAll(Keys.kinds());
        kinds.putAll(Handshake.kinds());
        kinds.putAll(Registered.kinds());
        kinds.putAll(Start.kinds());
        kinds.putAll(signing());
        return kinds;
    }

    /** What requests that are signed are asked, where it is compiled for this line of versions. */
    @SuppressWarnings("unchecked")
    private static Map<String, Question> signing() {
        try {
            Class<?> type = Class.forName(Judge.class.getPackageName() + ".Signing");
            return (Map<String, Question>) type.getDeclaredMethod("kinds").invoke(null);
        } catch (ReflectiveOperationException absent) {
            return Map.of();
        }
    }

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // what libraries say is no answer
        Logging.off();
        Map<String, Question> kinds = kinds();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(answers, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(answer(kinds, line));
            out.write('\n');
            if (!in.ready()) {
                out.flush();
            }
        }
        out.flush();
    }

    private static String answer(Map<String, Question> kinds, String line) {
        List<String> columns = Text.columns(line);
        Question question = kinds.get(columns.get(0));
        if (question == null) {
            return "unknown";
        }
        try {
            List<String> answer = new ArrayList<>(List.of("ok"));
            answer.addAll(question.answer(columns.subList(1, columns.size())));
            return Text.line(answer);
        } catch (Throwable refusal) { // StackOverflowError and AssertionError are answers, too
            return Text.line(List.of("error", messages(refusal)));
        }
    }

    /** The messages of an exception and of its causes. */
    static String messages(Throwable refusal) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = refusal; at != null && text.length() < 2000; at = at.getCause()) {
            text.append(text.isEmpty() ? "" : " | ").append(at.getClass().getSimpleName()).append(": ").append(at.getMessage());
        }
        return text.toString();
    }
}
