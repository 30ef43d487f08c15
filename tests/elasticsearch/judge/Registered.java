package org.elasticsearch.xpack.core.ssl;

import org.elasticsearch.common.settings.AbstractScopedSettings;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.KeyStoreWrapper;
import org.elasticsearch.common.settings.SecureSetting;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.settings.SettingsModule;
import org.elasticsearch.common.transport.PortsRange;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.ExtensiblePlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.xpack.core.XPackPlugin;
import org.elasticsearch.xpack.core.security.authc.support.Hasher;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which settings a node knows, and whether it starts with those of a file. */
class Registered {
    private static final ExtensiblePlugin.ExtensionLoader NO_EXTENSIONS = new ExtensiblePlugin.ExtensionLoader() {
        @Override
        public <T> List<T> loadExtensions(Class<T> type) {
            return List.of();
        }
    };

    static Map<String, Judge.Question> kinds() {
        return Map.of("registered", Registered::registered, "node", Registered::node, "names", Registered::names, "values", Registered::values);
    }

    /** The names of all settings that a node knows; of some a part is free, or what follows. */
    private static List<String> names(List<String> columns) throws Exception {
        ClusterSettings known = module(Settings.EMPTY).getClusterSettings();
        List<String> names = new ArrayList<>();
        for (String field : List.of("keySettings", "complexMatchers")) {
            Field settings = AbstractScopedSettings.class.getDeclaredField(field);
            settings.setAccessible(true);
            for (Object setting : ((Map<?, ?>) settings.get(known)).values()) {
                names.add(((Setting<?>) setting).getRawKey().toString());
            }
        }
        return names;
    }

    /** KEY...: whether each is {@code dynamic}, {@code secure} or another, {@code static}; nothing where a node does not know it. */
    private static List<String> registered(List<String> keys) {
        ClusterSettings known = module(Settings.EMPTY).getClusterSettings();
        List<String> answer = new ArrayList<>();
        for (String key : keys) {
            Setting<?> setting = known.get(key);
            String kind = setting instanceof SecureSetting ? "secure" : known.isDynamicSetting(key) ? "dynamic" : "static";
            answer.add(setting == null ? "" : kind);
        }
        return answer;
    }

    /** KEY, OTHER_KEY=VALUE... between line feeds, then VALUE...: for each nothing, or why a node does not start with it. */
    private static List<String> values(List<String> columns) {
        List<String> answer = new ArrayList<>();
        for (String value : columns.subList(2, columns.size())) {
            Settings.Builder settings = Settings.builder();
            for (String other : columns.get(1).split("\n")) {
                String[] pair = other.split("=", 2);
                if (pair.length == 2) {
                    settings.put(pair[0], pair[1]);
                }
            }
            try {
                Settings all = settings.put(columns.get(0), value).replacePropertyPlaceholders().build();
                known().validate(all, true);
                ports(columns.get(0), all);
                parts(columns.get(0), all);
                answer.add("");
            } catch (RuntimeException refusal) {
                answer.add(Judge.messages(refusal));
            }
        }
        return answer;
    }

    /** All settings that a node knows. Elasticsearch 7 makes its plugins once. */
    private static ClusterSettings known() {
        if (known == null) {
            known = module(Settings.EMPTY).getClusterSettings();
        }
        return known;
    }

    private static ClusterSettings known;

    /** Which ports these are, a node asks when it binds one. */
    static void ports(String key, Settings settings) {
        if (PORTS.matcher(key).matches() && settings.hasValue(key)) {
            int[] ports = new PortsRange(settings.get(key)).ports();
            for (int port : ports) {
                new InetSocketAddress(port);
            }
            if (ports.length == 0) {
                throw new IllegalArgumentException("no port");
            }
        }
    }

    /** What a node makes of a setting when it makes the part that has it. */
    private static void parts(String key, Settings settings) {
        if (key.endsWith(".cache.hash_algo") && settings.hasValue(key)) {
            Hasher.resolve(settings.get(key));
        }
        if (PUBLISHED.matcher(key).matches() && settings.getAsInt(key, -1) >= 0) {
            new InetSocketAddress(settings.getAsInt(key, -1));
        }
    }

    private static final Pattern PUBLISHED = Pattern.compile("(http|transport|transport\\.profiles\\..*)\\.publish_port");

    private static final Pattern PORTS = Pattern.compile("(http|transport|transport\\.profiles\\..*)\\.port");

    /**
     * FOLDER of an elasticsearch.yml, then SECURE=VALUE...: {@code ok} where all settings are registered and every TLS
     * context can be made of them, as a node does at its start.
     */
    private static List<String> node(List<String> columns) throws Exception {
        Path folder = Path.of(columns.get(0));
        KeyStoreWrapper secure = KeyStoreWrapper.create();
        Method set = KeyStoreWrapper.class.getDeclaredMethod("setString", String.class, char[].class);
        set.setAccessible(true); // it is public since Elasticsearch 8
        for (String setting : columns.subList(1, columns.size())) {
            String[] pair = setting.split("=", 2);
            set.invoke(secure, pair[0], pair[1].toCharArray());
        }
        Settings settings = Settings.builder().loadFromPath(folder.resolve("elasticsearch.yml"))
            .put("path.home", folder.toString()).setSecureSettings(secure).build();
        module(settings);
        new SSLService(new Environment(settings, folder));
        return List.of();
    }

    /** It refuses settings that no part of a node has registered. */
    static SettingsModule module(Settings settings) {
        List<Setting<?>> known = new ArrayList<>(new XPackPlugin(Settings.EMPTY).getSettings());
        for (String plugin : List.of("org.elasticsearch.xpack.security.Security", "org.elasticsearch.transport.netty4.Netty4Plugin")) {
            known.addAll(ofPlugin(plugin));
        }
        return new SettingsModule(settings, known.toArray(Setting<?>[]::new));
    }

    /** Elasticsearch 7 has published neither plugin. */
    private static List<Setting<?>> ofPlugin(String name) {
        try {
            Class<?> type = Class.forName(name);
            Object plugin = type.getConstructors()[0].getParameterCount() == 0
                ? type.getConstructor().newInstance()
                : type.getConstructor(Settings.class).newInstance(Settings.EMPTY);
            if (plugin instanceof ExtensiblePlugin extensible) {
                extensible.loadExtensions(NO_EXTENSIONS);
            }
            return ((Plugin) plugin).getSettings();
        } catch (ClassNotFoundException absent) {
            return List.of();
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
