package org.elasticsearch.xpack.security;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.plugins.ActionPlugin;

import java.util.List;

/** The security plugin without the actions of SAML realms, whose libraries are in no public repository. */
public class SecurityWithoutSaml extends Security {
    public SecurityWithoutSaml(Settings settings) {
        super(settings);
    }

    /** Raw, since the type of an action has parameters in Elasticsearch 8 and none in 9. */
    @Override
    @SuppressWarnings({ "rawtypes", "unchecked" })
    public List getActions() {
        List<ActionPlugin.ActionHandler> actions = (List) super.getActions();
        return actions.stream().filter(action -> !action.getAction().name().contains("/saml/")).toList();
    }
}
