package org.elasticsearch.plugins;

import org.elasticsearch.env.Environment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Plugins that are on the class path, where a node has a folder of modules. */
public class ClassPathPlugins extends PluginsService {
    private final List<LoadedPlugin> loaded = new ArrayList<>();

    public ClassPathPlugins(Environment environment, PluginsLoader none, List<String> names) {
        super(environment.settings(), environment.configDir(), none);
        for (String name : names) {
            loaded.add(plugin(environment, name));
        }
        loadExtensions(loaded);
    }

    /** A loader that finds no modules in folders. */
    public static PluginsLoader none() {
        return new PluginsLoader(Set.of(), Set.of(), Map.of());
    }

    private static LoadedPlugin plugin(Environment environment, String name) {
        try {
            Class<? extends Plugin> type = Class.forName(name).asSubclass(Plugin.class);
            String properties = "name=" + name + "\ndescription=on the class path\nversion=1\njava.version=17\nclassname=" + name
                + "\nelasticsearch.version=" + System.getProperty("judge.version") + "\n";
            PluginDescriptor descriptor = PluginDescriptor.readInternalDescriptorFromStream(
                new ByteArrayInputStream(properties.getBytes(StandardCharsets.UTF_8)));
            Plugin plugin = loadPlugin(type, environment.settings(), environment.configDir());
            return new LoadedPlugin(descriptor, plugin, ClassPathPlugins.class.getClassLoader());
        } catch (ClassNotFoundException | IOException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Override
    protected List<LoadedPlugin> plugins() {
        return loaded;
    }

    /** All plugins have one class loader here, so each service is made once, by the plugin that its constructor takes. */
    @Override
    public <T> List<? extends T> loadServiceProviders(Class<T> service) {
        List<T> made = new ArrayList<>();
        ServiceLoader.load(service, ClassPathPlugins.class.getClassLoader()).stream().forEach(provider -> {
            for (Constructor<?> constructor : provider.type().getConstructors()) {
                Class<?>[] takes = constructor.getParameterTypes();
                loaded.stream()
                    .map(LoadedPlugin::instance)
                    .filter(plugin -> takes.length == 1 && takes[0].isInstance(plugin))
                    .forEach(plugin -> made.add(service.cast(make(constructor, plugin))));
            }
            if (made.stream().noneMatch(provider.type()::isInstance)) {
                made.add(provider.get());
            }
        });
        return made;
    }

    private static Object make(Constructor<?> constructor, Plugin plugin) {
        try {
            return constructor.newInstance(plugin);
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
