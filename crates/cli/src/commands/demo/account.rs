//! The demo's output: what it did, what was refused before and accepted after.

use std::fmt::Write;

use crosstrust_report::print::Style;

use super::clusters::{CLOUD, ON_PREMISES};
use super::story::{PASSWORD, Story};
use super::verdict::Verdict;

/// The account as text.
pub(super) fn render(story: &Story, out: &str, style: Style) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "Two clusters that are to trust each other, in {out}/\n");
    for (cluster, what) in [
        (&ON_PREMISES, "self-managed, its CA in on-premises/elastic-stack-ca.p12"),
        (&CLOUD, "in the cloud, where one CA serves every cluster of the region"),
    ] {
        let _ = writeln!(text, "  {:11}  {} nodes, {what}", cluster.folder, cluster.nodes.len());
    }
    let _ = writeln!(text, "\nWhat was done\n");
    let steps = [
        format!("took the CA `{}` out of the key store: on-premises/ca.pem", story.extracted),
        "issued new certificates with otherName from on-premises/instances.yml: on-premises/certificates/".to_owned(),
        "wrote each side's trust_restrictions.yml: own cluster first, then the other".to_owned(),
        "judged every node as Elasticsearch would, as client and as server".to_owned(),
    ];
    for (number, step) in (1..).zip(steps) {
        let _ = writeln!(text, "  {number}. {step}");
    }
    let _ = writeln!(text, "\nWho is accepted (who presents → who judges)\n");
    for verdict in &story.verdicts {
        text.push_str(&line(verdict, style));
    }
    text.push_str(&next_steps(out));
    text
}

fn line(verdict: &Verdict, style: Style) -> String {
    let Verdict { title, accepted, why, .. } = verdict;
    let mark = style.verdict(*accepted, "accepted", "refused ");
    let mut line = format!("  {mark}  {title}\n");
    if !why.is_empty() {
        let _ = writeln!(line, "            {}", style.faint(why));
    }
    if !verdict.is_expected() {
        let _ = writeln!(line, "            this is not what the demo expects");
    }
    line
}

fn next_steps(out: &str) -> String {
    format!(
        "
Look for yourself (the password of every key store is `{PASSWORD}`)

  crosstrust inspect --pass {PASSWORD} {out}/on-premises/certificates/node1/node1.p12
  crosstrust restrictions show {out}/cloud/trust_restrictions.yml
  crosstrust preflight node --pass {PASSWORD} '{out}/on-premises/before/*/*.p12' \\
      --trust {out}/on-premises/ca.pem --restrictions {out}/cloud/trust_restrictions.yml
"
    )
}
