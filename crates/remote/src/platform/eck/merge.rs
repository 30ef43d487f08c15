//! What a kit adds to a resource that is there: as a merge patch, in which lists are whole.

use crate::connection::{self, NodeSet, Resource, is_gone};
use crate::document::Document;

/// The node sets of a resource. One that does not say how many nodes it has is taken for one node.
pub(super) fn node_sets(there: &Resource) -> Vec<NodeSet> {
    let read = |set: &Document| {
        let name = set.get("name")?.text()?.to_owned();
        Some(NodeSet { name, count: connection::node_count(set).unwrap_or(1) })
    };
    connection::node_sets(there.document()).iter().filter_map(read).collect()
}

/// The names of the node sets of a resource.
pub(super) fn set_names(there: &Resource) -> Vec<String> {
    node_sets(there).into_iter().map(|set| set.name).collect()
}

/// The new parts alone, with the lists in them whole.
pub(super) fn part(there: &Document, new: &Document) -> Document {
    let Document::Map(pairs) = new else { return joined(there, new) };
    let pairs = pairs.iter().map(|(key, value)| {
        let value = match there.get(key) {
            Some(old) if keeps(key) => old.clone(),
            Some(old) => part(old, value),
            None => value.clone(),
        };
        (key.clone(), value)
    });
    Document::Map(pairs.collect())
}

/// All that is there, with the new parts.
pub(super) fn whole(there: &Document, new: &Document) -> Document {
    let (Document::Map(old), Document::Map(pairs)) = (there, new) else {
        return joined(there, new);
    };
    let mut all = old.clone();
    for (key, value) in pairs {
        match all.iter_mut().find(|(known, _)| known == key) {
            Some(_) if keeps(key) => {}
            Some((_, old)) if key == "config" => *old = config(old, value),
            Some((_, old)) => *old = whole(old, value),
            None => all.push((key.clone(), value.clone())),
        }
    }
    Document::Map(all)
}

/// A resource whose node sets have no settings with these prefixes.
pub(super) fn without(there: &Document, prefixes: &[String]) -> Document {
    let Document::Map(pairs) = there else {
        let Document::List(items) = there else { return there.clone() };
        return Document::List(items.iter().map(|item| without(item, prefixes)).collect());
    };
    let pairs = pairs.iter().map(|(key, value)| {
        let value = if key == "config" {
            let mut settings = value.flattened();
            let before = settings.len();
            settings.retain(|(name, _)| !is_gone(name, prefixes));
            if settings.len() == before { value.clone() } else { Document::Map(settings) }
        } else {
            without(value, prefixes)
        };
        (key.clone(), value)
    });
    Document::Map(pairs.collect())
}

/// Whether two resources are the same, however the settings of their node sets are written.
pub(super) fn is_same(one: &Document, other: &Document) -> bool {
    flat(one) == flat(other)
}

/// A resource whose node sets have settings by their whole names.
fn flat(document: &Document) -> Document {
    match document {
        Document::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| {
                let value =
                    if key == "config" { config(value, &Document::empty()) } else { flat(value) };
                (key.clone(), value)
            });
            Document::Map(pairs.collect())
        }
        Document::List(items) => Document::List(items.iter().map(flat).collect()),
        other => other.clone(),
    }
}

/// What the resource knows better: its version, how many nodes it has, and of which type its services are.
fn keeps(key: &str) -> bool {
    ["version", "count", "type"].contains(&key)
}

/// Lists keep their items; those of one name become one. Anything else makes way.
fn joined(there: &Document, new: &Document) -> Document {
    let (Document::List(old), Document::List(items)) = (there, new) else { return new.clone() };
    let mut all = old.clone();
    for item in items {
        let name = item.get("name");
        let same = |known: &Document| name.is_some() && known.get("name") == name;
        let place = all.iter().position(|known| same(known) || known == item);
        match place.and_then(|place| all.get_mut(place)) {
            Some(known) => *known = whole(known, item),
            None => all.push(item.clone()),
        }
    }
    Document::List(all)
}

/// Settings of a node set, each by its whole name.
fn config(there: &Document, new: &Document) -> Document {
    let mut all = there.flattened();
    for (name, value) in new.flattened() {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => {
                let before = listed(old, &value);
                let after = joined(&before, &value);
                if after != before {
                    *old = after;
                }
            }
            None => all.push((name, value)),
        }
    }
    Document::Map(all)
}

/// A text with commas as the list that Elasticsearch reads, where the new value is one.
fn listed(old: &Document, new: &Document) -> Document {
    match (old, new) {
        (Document::Text(text), Document::List(_)) => {
            Document::List(text.split(',').map(|item| Document::from(item.trim())).collect())
        }
        _ => old.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_same, part, whole};
    use crate::connection::Resource;

    const THERE: &str = "\
apiVersion: elasticsearch.k8s.elastic.co/v1
kind: Elasticsearch
metadata: {name: search, namespace: apps, uid: x}
spec:
  version: 9.1.3
  secureSettings: [{secretName: mine}]
  transport: {service: {spec: {type: NodePort, externalTrafficPolicy: Local}}}
  nodeSets:
  - name: hot
    count: 5
    config:
      node: {roles: [data]}
      xpack.security.transport.ssl:
        certificate_authorities: a.crt, b.crt
        trust_restrictions.path: mine/trust.yml
    volumeClaimTemplates: [{metadata: {name: data}}]
    podTemplate: {spec: {volumes: [{name: mine}], containers: [{name: elasticsearch, env: [{name: A, value: \"1\"}]}]}}
";
    const NEW: &str = "\
kind: Elasticsearch
metadata: {name: search, namespace: apps}
spec:
  version: 9.1.0
  secureSettings: [{secretName: new}]
  transport: {service: {spec: {type: LoadBalancer}}}
  nodeSets:
  - name: hot
    count: 3
    config: {xpack: {security: {transport: {ssl: {certificate_authorities: [c.crt], trust_restrictions.path: new/trust.yml}}}}}
    podTemplate: {spec: {volumes: [{name: new}], containers: [{name: elasticsearch, volumeMounts: [{name: new}]}]}}
";

    fn read(text: &str) -> Resource {
        Resource::parse(text).unwrap()
    }

    #[test]
    fn a_part_has_lists_and_node_sets_whole() {
        let (there, new) = (read(THERE), read(NEW));
        assert_eq!(
            part(there.document(), new.document()).to_yaml(),
            "\
kind: Elasticsearch
metadata:
  name: search
  namespace: apps
spec:
  version: \"9.1.3\"
  secureSettings:
    - secretName: mine
    - secretName: new
  transport:
    service:
      spec:
        type: NodePort
  nodeSets:
    - name: hot
      count: 5
      config:
        node.roles:
          - data
        xpack.security.transport.ssl.certificate_authorities:
          - a.crt
          - b.crt
          - c.crt
        xpack.security.transport.ssl.trust_restrictions.path: new/trust.yml
      volumeClaimTemplates:
        - metadata:
            name: data
      podTemplate:
        spec:
          volumes:
            - name: mine
            - name: new
          containers:
            - name: elasticsearch
              env:
                - name: A
                  value: \"1\"
              volumeMounts:
                - name: new
"
        );
    }

    /// A further part of one kit has what the part before it has.
    #[test]
    fn parts_follow_each_other() {
        let (there, new) = (read(THERE), read(NEW));
        let now = whole(there.document(), new.document());
        assert_eq!(part(&now, new.document()), part(there.document(), new.document()));
        assert_eq!(whole(&now, new.document()), now);
        assert!(now.get("metadata").unwrap().get("uid").is_some());
    }

    /// A resource has all of a kit, whichever way its settings are written.
    #[test]
    fn what_is_there_is_no_change() {
        let there = "spec: {nodeSets: [{name: a, config: {x: {y: \"a.crt, b.crt\"}, z.w: 1}}]}\nkind: Elasticsearch\n";
        let there = read(there);
        let check = |config: &str, expected: bool| {
            let new = format!(
                "spec: {{nodeSets: [{{name: a, config: {config}}}]}}\nkind: Elasticsearch\n"
            );
            let after = whole(there.document(), read(&new).document());
            assert_eq!(is_same(there.document(), &after), expected, "{config}");
        };
        check("{x.y: [a.crt]}", true);
        check("{x: {y: [b.crt, a.crt]}, z: {w: 1}}", true);
        check("{x.y: [c.crt]}", false);
        check("{z.w: 2}", false);
        check("{v: 1}", false);
    }
}
