//! What deployments have in common, on Elastic Cloud Hosted and on Elastic Cloud Enterprise.

mod direct;

use crate::connection::{Accepts, Platform, REF_ID};
use crate::document::{Document, map, texts};
use crate::error::Error;
use crate::kit::{Base, Builder, Draft, Kind, Request, curl, word};
use crate::kit::{ENCODED, KEY_VARIABLE};
use crate::party::{Party, hand_over, is_private, pem_text};
use crate::version::Version;

/// Who changes a deployment.
pub(super) fn who(own: &Party<'_>) -> String {
    format!("somebody who may edit the {} deployment", own.word())
}

/// Deployments are reached through a proxy that routes by the host.
pub(super) fn server_name(own: &Party<'_>) -> Option<String> {
    own.side.endpoints.first().map(|endpoint| endpoint.host.clone())
}

/// Has a deployment take the API key.
pub(super) fn take_key(
    own: &Party<'_>,
    peer: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    let authority = if is_private(peer) { Some(hand_over(peer, own, builder)?) } else { None };
    let alias = &own.connection.alias;
    let draft = match &authority {
        None => Draft::new(own.role, Kind::Ui, "Add the API key to the deployment")
            .ui(["Deployment", "Security", "Remote connections", "Trust management", "Connections using API keys", "Add API key"])
            .detail(format!("*Remote cluster name* is `{alias}`, *Cross-cluster API key* is the `encoded` of the key.")),
        Some(file) => Draft::new(own.role, Kind::Ui, "Add the remote cluster's CA and the API key to the deployment")
            .ui(["Deployment", "Security", "Remote connections", "Add trusted environment", environment(peer), "API keys"])
            .detail(format!(
                "Answer the question after the CA with *No, it is private*. *Remote cluster name* is \
                 `{alias}`, *Cross-cluster API key* is the `encoded` of the key. Upload `{file}`, name \
                 the environment `{}`, and *Create trust*.",
                peer.label()
            )),
    };
    let draft = draft
        .who(own.who())
        .check("the key is listed under *Connections using API keys*")
        .undo("delete it there");
    builder.add(draft);
    if authority.is_some() {
        proxy_trust(own, peer, builder);
    }
    builder.add(keystore(own));
    if own.side.version < Version::new(8, 14, 0) {
        let restart = Draft::new(own.role, Kind::Ui, "Restart Elasticsearch")
            .ui(["Deployment", "Elasticsearch", "Actions", "Restart"])
            .who(own.who())
            .detail("Before 8.14 the keystore is read when a node starts.")
            .check("the deployment is healthy again")
            .undo("nothing");
        builder.add(restart);
    }
    Ok(())
}

/// The key as an entry of the deployment's keystore, for those who use the API.
fn keystore(own: &Party<'_>) -> Draft {
    let setting = format!("cluster.remote.{}.credentials", own.connection.alias);
    let secret = map([("value", ENCODED.into())]);
    let body = map([("secrets", map([(setting.as_str(), secret)]))]);
    let path = format!("{}/elasticsearch/{}/keystore", deployment_path(own), own.side.ref_id);
    let request = Request { method: "PATCH", path: path.clone(), base: base(own) };
    Draft::new(own.role, Kind::Api, "Or by API: add the API key to the deployment's keystore")
        .who(own.who())
        .file("keystore.json", body.to_json())
        .request("PATCH", path.clone())
        .at(base(own))
        .command(curl::filled(own.role, &request, ENCODED, KEY_VARIABLE))
        .detail(
            "Instead of adding the key in the console. The key is put in when the file is sent; keep it out of \
             your files. Other entries of the keystore stay as they are.",
        )
        .check(format!("`GET {path}` lists `{setting}`, without its value"))
        .undo(format!("the same request with `null` in the place of the value of `{setting}`"))
}

/// The CA of port 9443 as an entry of the trust settings, for those who use the API.
fn proxy_trust(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) {
    let direct = map([
        ("type", "proxy".into()),
        ("name", peer.label().into()),
        ("certificates", certificates(peer)),
        ("trust_all", false.into()),
    ]);
    let settings = trust(own).with("direct", Document::List(vec![direct]));
    let draft = payload(own, "Or by API: trust the remote cluster's CA", &settings);
    builder.add(
        draft.detail("The key is added by the next step; both together do what the console does."),
    );
}

/// Has a deployment trust another transport layer.
pub(super) fn trust_peer(
    own: &Party<'_>,
    peer: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    let (from, to) = (peer.side.platform, own.side.platform);
    match (from, to) {
        (Platform::Ech, Platform::Ech) | (Platform::Ece, Platform::Ece)
            if own.connection.is_same_scope() =>
        {
            same_scope(own, peer, builder);
        }
        (Platform::Ech, Platform::Ech) => other_organization(own, peer, builder),
        (Platform::Ece, Platform::Ece) => other_environment(own, peer, builder)?,
        _ => direct::trust_peer(own, peer, builder)?,
    }
    Ok(())
}

/// Deployments of one organization or environment trust each other unless somebody said otherwise.
fn same_scope(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) {
    let draft = |title| Draft::new(own.role, Kind::Ui, title).who(own.who()).ui(CERTIFICATES);
    let account = own.side.account_id.as_ref().filter(|_| own.accepts == Accepts::Cluster);
    let (Some(account), Some(cluster)) = (account, &peer.side.cluster_id) else {
        let draft = draft("See that the deployment trusts the other one")
            .detail(
                "That is the default, and nothing is to be done; it can be limited, and deployments \
                 from before February 2021 (ECE 2.9.0) trust only themselves until cross-cluster \
                 replication is switched on on their Security page.",
            )
            .check("it says *Trust all deployments*, or lists the other cluster's id")
            .undo("nothing");
        builder.add(draft);
        return;
    };
    let draft = draft("Trust the other deployment alone")
        .detail(format!(
            "Choose *Trust specific deployments* and `{cluster}`, and every other deployment that connects \
             now. Whichever is not listed is then refused. If the list does not offer it, its version cannot be searched: \
             to replicate only, use the API."
        ))
        .check(format!("it lists `{cluster}`"))
        .undo("choose what was chosen before");
    builder.add(draft);
    let entry = map([
        ("account_id", account.as_str().into()),
        ("trust_all", false.into()),
        ("trust_allowlist", texts([cluster])),
    ]);
    let settings = map([("accounts", Document::List(vec![entry]))]);
    builder.add(
        payload(own, "Or by API: trust the other deployment", &settings).detail(
            "Where all deployments are trusted, the commands keep it so, and say it: others may connect by \
             it. Only the console narrows that.",
        ),
    );
}

/// Organizations of Elastic Cloud Hosted share the CA of a region: an entry tells the other one.
fn other_organization(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) {
    let (Some(account), Some(scope)) = (&own.side.account_id, &peer.side.scope_id) else { return };
    let who = allowed(own, peer);
    let draft = Draft::new(own.role, Kind::Ui, "Trust the other organization")
        .who(own.who())
        .ui(["Deployment", "Security", "Remote connections", "Add trusted environment", "Elastic Cloud", "Certificates"])
        .detail(format!("The organization id is `{scope}`. {who} Then *Create trust*."))
        .check("the organization is listed under *Connections using certificates*; ids are not verified, so compare them")
        .undo("delete it there");
    builder.add(draft);
    let other = selection(map([("account_id", scope.as_str().into())]), own, peer);
    let own_entry = map([("account_id", account.as_str().into()), ("trust_all", true.into())]);
    let settings = map([("accounts", Document::List(vec![own_entry, other]))]);
    builder.add(payload(own, "Or by API: trust the other organization", &settings));
}

/// Environments trust each other first, their deployments then.
fn other_environment(
    own: &Party<'_>,
    peer: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    let file = hand_over(peer, own, builder)?;
    let scope = peer.side.scope_id.as_deref().unwrap_or_default();
    let environment = Draft::new(own.role, Kind::Ui, "Have the environment trust the other environment")
        .who(format!("a platform administrator of the {} environment", own.word()))
        .ui(["Platform", "Trust Management", "Trusted environments", "Add"])
        .detail(format!("The environment id is `{scope}`, the certificate is `{file}`; no deployment needs to trust it by default."))
        .check("`GET /api/v1/regions/ece-region/platform/configuration/trust-relationships?include_certificate=false` lists it")
        .undo("delete it there");
    builder.add(environment);
    let who = allowed(own, peer);
    let deployment =
        Draft::new(own.role, Kind::Ui, "Have the deployment trust the other environment")
            .who(own.who())
            .ui([
                "Deployment",
                "Security",
                "Remote connections",
                "Add trusted environment",
                "Elastic Cloud Enterprise",
                "Certificates",
            ])
            .detail(format!("Choose the environment. {who} Then *Create trust*."))
            .check("the environment is listed under *Connections using certificates*")
            .undo("delete it there");
    builder.add(deployment);
    let external = selection(map([("trust_relationship_id", RELATIONSHIP.into())]), own, peer);
    let settings = trust(own).with("external", Document::List(vec![external]));
    let draft =
        payload(own, "Or by API: have the deployment trust the other environment", &settings);
    builder.add(
        draft.detail(format!(
            "Put the `id` that the platform lists in the place of `{RELATIONSHIP}`."
        )),
    );
    Ok(())
}

/// All deployments, or one.
fn allowed(own: &Party<'_>, peer: &Party<'_>) -> String {
    match (own.accepts, &peer.side.cluster_id) {
        (Accepts::Cluster, Some(cluster)) => {
            format!(
                "Choose *Specific deployments* and enter the Elasticsearch cluster id `{cluster}`."
            )
        }
        _ => "Choose *All deployments*.".to_owned(),
    }
}

/// The entry with all clusters of the scope trusted, or with one.
fn selection(entry: Document, own: &Party<'_>, peer: &Party<'_>) -> Document {
    match (own.accepts, &peer.side.cluster_id) {
        (Accepts::Cluster, Some(cluster)) => {
            entry.with("trust_all", false).with("trust_allowlist", texts([cluster]))
        }
        _ => entry.with("trust_all", true),
    }
}

/// The settings with the own account as their first entry, where it is told; what a deployment has of it
/// stays as it is.
fn trust(own: &Party<'_>) -> Document {
    let Some(account) = &own.side.account_id else { return Document::empty() };
    let own = map([("account_id", account.as_str().into()), ("trust_all", true.into())]);
    map([("accounts", Document::List(vec![own]))])
}

fn certificates(peer: &Party<'_>) -> Document {
    let one =
        |certificate| map([("pem", pem_text(std::slice::from_ref(certificate)).trim_end().into())]);
    Document::List(peer.material.authorities.iter().map(one).collect())
}

/// The trust settings as a request: what is there is read, merged and written back.
fn payload(own: &Party<'_>, title: &str, trust: &Document) -> Draft {
    let path = deployment_path(own);
    // Two kits may be followed beside each other, and one kit has two deployments.
    let (alias, deployment) = (&own.connection.alias, own.side.deployment_id.as_deref());
    let deployment = deployment.unwrap_or_else(|| own.word());
    let file = |what: &str| {
        word(&own.beside_connection(&format!("{alias}-deployment-{deployment}{what}.json")))
    };
    let (read, update) = (file(""), file("-update"));
    let reference = match own.side.ref_id.as_str() {
        REF_ID => String::new(),
        other => format!(" --ref-id {}", word(other)),
    };
    let curl = |method, body: Option<&str>, path: &str| {
        let request = Request { method, path: path.to_owned(), base: base(own) };
        curl::command(own.role, &request, body)
    };
    let whole = format!("{path}?show_settings=true&show_plans=true");
    let commands = [
        format!("{} > {read}", curl("GET", None, &whole)),
        format!("crosstrust remote merge-trust{reference} {read} {{file}} --out {update} --force"),
        curl("PUT", Some(&update), &path),
    ];
    Draft::new(own.role, Kind::Api, title)
        .who(own.who())
        .file("trust.json", map([("trust", trust.clone())]).to_json())
        .request("PUT", path)
        .at(base(own))
        .command(commands.join(" &&\n"))
        .detail(
            "Instead of the step before. The request takes the whole trust and the plan of the deployment: the \
             commands read both, add the entries of this file to those that are there, and write them back. Nobody \
             who is let in now is shut out.",
        )
        .check(format!("`GET {whole}` shows it in `resources.elasticsearch[0].info.settings.trust`"))
        .undo("the same commands with `merge-trust --remove`, which leaves what others are let in by")
}

/// Who answers requests about the deployment.
pub(crate) fn base(own: &Party<'_>) -> Base {
    match own.side.platform {
        Platform::Ece => Base::Enterprise,
        _ => Base::Hosted,
    }
}

fn deployment_path(own: &Party<'_>) -> String {
    let deployment = own.side.deployment_id.as_deref().unwrap_or(curl::DEPLOYMENT);
    format!("/api/v1/deployments/{deployment}")
}

/// What the list of environments calls a platform.
fn environment(peer: &Party<'_>) -> &'static str {
    match peer.side.platform {
        Platform::Ech => "Elastic Cloud Organization",
        Platform::Ece => "Elastic Cloud Enterprise",
        Platform::Eck | Platform::SelfManaged => "Self-managed",
    }
}

/// Where a deployment lists whom it trusts.
const CERTIFICATES: [&str; 5] = [
    "Deployment",
    "Security",
    "Remote connections",
    "Trust management",
    "Connections using certificates",
];
const RELATIONSHIP: &str = "REPLACE_WITH_THE_ID_OF_THE_TRUST_RELATIONSHIP";
