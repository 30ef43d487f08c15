package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.settings.Settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What files and patterns of names mean. */
class Names {
    static Map<String, Judge.Question> kinds() {
        return Map.of("pattern", Names::pattern, "restrictions", Names::restrictions, "settings", Names::settings);
    }

    /** PATTERN, NAME...: whether it matches each, {@code 1} or {@code 0}. */
    private static List<String> pattern(List<String> columns) {
        CertificateTrustRestrictions restrictions = new CertificateTrustRestrictions(columns.subList(0, 1));
        return verdicts(restrictions, columns.subList(1, columns.size()));
    }

    /**
     * FILE, NAME...: the number of the file's patterns, the patterns, whether they can be used, {@code 1} or
     * {@code 0}, and if so whether they admit each name.
     */
    private static List<String> restrictions(List<String> columns) throws Exception {
        Path file = Path.of(columns.get(0));
        // The steps of RestrictedTrustConfig.readTrustGroup, which is private.
        List<String> patterns = load(file).getAsList("trust.subject_name");
        List<String> answer = new ArrayList<>(List.of(Integer.toString(patterns.size())));
        answer.addAll(patterns);
        try {
            CertificateTrustRestrictions restrictions = new CertificateTrustRestrictions(patterns);
            answer.add("1");
            answer.addAll(verdicts(restrictions, columns.subList(1, columns.size())));
        } catch (RuntimeException | Error unusable) {
            answer.add("0");
        }
        return answer;
    }

    /** FILE: its settings, a column each, {@code KEY=VALUE}; of a list {@code KEY=[VALUE]...}. */
    private static List<String> settings(List<String> columns) throws Exception {
        Settings settings = load(Path.of(columns.get(0)));
        Map<String, String> sorted = new TreeMap<>();
        for (String key : settings.keySet()) {
            sorted.put(key, settings.get(key) + "\t" + settings.getAsList(key));
        }
        List<String> answer = new ArrayList<>();
        sorted.forEach((key, value) -> answer.add(key + "=" + value));
        return answer;
    }

    private static Settings load(Path file) throws Exception {
        return Settings.builder().loadFromPath(file).build();
    }

    private static List<String> verdicts(CertificateTrustRestrictions restrictions, List<String> names) {
        List<String> verdicts = new ArrayList<>();
        for (String name : names) {
            verdicts.add(restrictions.getTrustedNames().stream().anyMatch(p -> p.test(name)) ? "1" : "0");
        }
        return verdicts;
    }
}
