package org.elasticsearch.xpack.core.ssl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of columns, with the escapes of the project's tables: \\, \t, \n, \r and a code point in hexadecimal. */
class Text {
    static List<String> columns(String line) {
        List<String> columns = new ArrayList<>();
        for (String column : line.split("\t", -1)) {
            columns.add(unescape(column));
        }
        return columns;
    }

    static String line(List<String> columns) {
        return columns.stream().map(Text::escape).collect(Collectors.joining("\t"));
    }

    private static String unescape(String column) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < column.length(); at++) {
            if (column.charAt(at) != '\\') {
                text.append(column.charAt(at));
                continue;
            }
            char kind = column.charAt(++at);
            switch (kind) {
                case '\\' -> text.append('\\');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    int end = column.indexOf('}', at);
                    text.appendCodePoint(Integer.parseInt(column.substring(at + 2, end), 16));
                    at = end;
                }
                default -> throw new IllegalArgumentException("escape " + kind);
            }
        }
        return text.toString();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
