//! Trust restrictions that node sets have, and that nobody showed.

use crate::connection::{Mounted, Side};
use crate::kit::{Draft, Kind, word};
use crate::party::Party;

/// The step that reads the files from the nodes, adds the new names, and makes the config map of it.
pub(super) fn merge(
    own: &Party<'_>,
    config_map: &str,
    tag: &str,
    in_use: &[Mounted<'_>],
    file: &str,
) -> Draft {
    let Side { name, namespace, .. } = own.side;
    let beside = |what: &str| word(&own.beside_connection(&format!("{tag}-{}-{what}", own.word())));
    let merged = beside("trust.yml");
    let (mut read, mut merge) = (Vec::new(), Vec::new());
    let mut before = word(file);
    for (index, mounted) in in_use.iter().enumerate() {
        let there = beside(&format!("trust-{}.yml", index.saturating_add(1)));
        let (pod, path) = (format!("{name}-es-{}-0", mounted.set), word(&mounted.whole()));
        read.push(format!(
            "kubectl exec {pod} -n {namespace} -c elasticsearch -- cat {path} > {there}"
        ));
        merge
            .push(format!("crosstrust restrictions merge {there} {before} --out {merged} --force"));
        before.clone_from(&merged);
    }
    let make = format!(
        "kubectl create configmap {config_map} -n {namespace} --from-file=trust.yml={merged} --dry-run=client -o yaml | \
         kubectl apply -n {namespace} -f -"
    );
    let commands = [read, merge, vec![make]].concat();
    let title =
        format!("Create the config map `{config_map}` from the restrictions that are there");
    let paths: Vec<String> = in_use.iter().map(|one| format!("`{}`", one.path)).collect();
    Draft::new(own.role, Kind::Command, title)
        .who(own.who())
        .command(commands.join(" &&\n"))
        .detail(format!(
            "Node sets have the restrictions {}, which nobody looked at: the commands read them from the first node of \
             the set, and add the names of the step before. The kit's file alone would keep everybody else \
             out. Put the config map that holds them into the file that `manifest` names, as a further document, to \
             have the kit add to it.",
            paths.join(" and ")
        ))
        .detail(format!("The next step has every node set use the merged file, those without restrictions too. Read `{merged}` before the last command."))
        .check(format!("`kubectl describe configmap {config_map} -n {namespace}` shows the old names and the new ones"))
        .undo(format!(
            "`kubectl delete configmap {config_map} -n {namespace}`, once nothing names it"
        ))
}
