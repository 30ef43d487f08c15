package org.elasticsearch.node;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.KeyStoreWrapper;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.ClassPathPlugins;
import org.elasticsearch.plugins.PluginsLoader;
import org.elasticsearch.plugins.PluginsService;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A node of Elasticsearch from the published jars: {@code JudgeNode HOME [SECURE_SETTING=VALUE]...}, with
 * HOME/config/elasticsearch.yml. It prints {@code started}, logs to HOME/logs, and ends with its standard input.
 */
public class JudgeNode {
    private static final List<String> PLUGINS = List.of(
        "org.elasticsearch.transport.netty4.Netty4Plugin",
        "org.elasticsearch.xpack.core.XPackPlugin",
        "org.elasticsearch.xpack.security.SecurityWithoutSaml",
        "org.elasticsearch.xpack.security.EmailAnalysis"
    );

    public static void main(String[] args) throws Exception {
        LogConfigurator.configureESLogging();
        Path home = Path.of(args[0]);
        KeyStoreWrapper secure = KeyStoreWrapper.create();
        for (String setting : List.of(args).subList(1, args.length)) {
            String[] pair = setting.split("=", 2);
            secure.setString(pair[0], pair[1].toCharArray());
        }
        Settings settings = Settings.builder().setSecureSettings(secure).build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of("path.home", home.toString()), home.resolve("config"), () -> "judge");
        LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
        Node node = new Node(NodeConstruction.prepareConstruction(environment, ClassPathPlugins.none(), services(), true));
        node.start();
        System.out.println("started");
        System.out.flush();
        while (System.in.read() >= 0) {
            // whoever started the node holds its standard input open
        }
        node.close();
        System.exit(0);
    }

    private static NodeServiceProvider services() {
        return new NodeServiceProvider() {
            @Override
            PluginsService newPluginService(Environment environment, PluginsLoader none) {
                return new ClassPathPlugins(environment, none, PLUGINS);
            }
        };
    }
}
