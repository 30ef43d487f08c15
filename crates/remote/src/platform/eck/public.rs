//! The JDK's public CAs, where a list has taken their place.

use super::merge;
use super::mount::Mount;
use crate::connection::{PUBLIC_FILE, Resource, Side};
use crate::kit::{Builder, Draft, Kind, word};
use crate::party::{Party, is_private};

/// Has the nodes keep the public CAs, where one of them signed a remote cluster's certificate and there is a list
/// of others, or will be.
pub(super) fn kept(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Option<Mount> {
    let there = own.material.manifest.as_ref()?;
    let servers = own.servers(peer);
    let is_listed = there.replaced_roots().is_some() || servers.iter().any(|one| is_private(one));
    if !is_listed || there.keeps_roots() || servers.iter().all(|one| is_private(one)) {
        return None;
    }
    let config_map = format!("{}-public-roots", own.side.name);
    builder.add(own.in_each_kit(step(own, there, &config_map)));
    Some(Mount { folder: "public-roots".to_owned(), config_map })
}

/// Makes a config map of what the JDK of a node trusts.
fn step(own: &Party<'_>, there: &Resource, config_map: &str) -> Draft {
    let Side { name, namespace, .. } = own.side;
    let set = merge::set_names(there).into_iter().next().unwrap_or_else(|| "default".to_owned());
    let file = word(&own.beside_connection(&format!("{config_map}.crt")));
    let command = format!(
        "kubectl exec {name}-es-{set}-0 -n {namespace} -c elasticsearch -- \\\n  \
         /usr/share/elasticsearch/jdk/bin/keytool -list -rfc -cacerts -storepass changeit \\\n  \
         | sed -n '/BEGIN CERTIFICATE/,/END CERTIFICATE/p' > {file} &&\n\
         kubectl create configmap {config_map} -n {namespace} --from-file={PUBLIC_FILE}={file} --dry-run=client -o yaml \\\n  \
         | kubectl apply --server-side -n {namespace} -f -"
    );
    let title = "Keep the public CAs trusted: put them into a config map";
    Draft::new(own.role, Kind::Command, title)
        .who(own.who())
        .command(command)
        .detail(WHY)
        .check(format!("`crosstrust inspect {file}` shows some hundred certificates, and `kubectl get configmap {config_map} -n {namespace}` the config map"))
        .undo(format!("`kubectl delete configmap {config_map} -n {namespace}`, once nothing names it"))
}

const WHY: &str = "A list of CAs for connections by API key takes the place of the JDK's public ones, one of which signed a remote cluster's certificate. The operator makes such a list as soon as one of its own `spec.remoteClusters` has an `apiKey`, and adds what node sets list to it. The first command reads the public CAs out of a node; where you know the root of that CA, a file with it alone does as well. `--server-side` since the file may be too long for the annotation that `kubectl apply` makes otherwise. The CAs are those of the JDK's version: make the config map anew after an upgrade.";
