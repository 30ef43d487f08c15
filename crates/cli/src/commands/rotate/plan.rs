//! `crosstrust rotate plan`.

use clap::Args;
use crosstrust_issue::{Authority, BundleFile, Packaging, package};
use crosstrust_keystore::open::Contents;
use crosstrust_keystore::{PrivateKey, authorities};
use crosstrust_preflight::{Node, RestrictionsFile, Settings, TrustList, VerificationMode};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Layout};
use crosstrust_restrictions::X509Field;
use crosstrust_rotate::{
    Materials, NewLeaves, Plan, PlanStep, RollOver, check, plan, renew_all, simulate,
};
use crosstrust_x509::{Certificate, Timestamp};
use serde::Serialize;

use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::material::authority::AuthorityOptions;
use crate::material::cluster;
use crate::material::inventory::Names;
use crate::material::kept_keys::{self, Entries, KeptKey, Keyed};
use crate::material::node_keys::NodeKeys;
use crate::material::restrictions;
use crate::material::sources::{self, Opened, Presented};
use crate::options::AtOption;
use crate::options::DaysOption;
use crate::options::FieldsOption;
use crate::options::OverwriteOption;
use crate::options::cluster::ClusterArgument;
use crate::options::inventory::InventoryOption;
use crate::options::report::ReportOptions;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::password::{AuthorityPassword, OutputPassword, Source, SourcePassword};
use crate::signer::Duty;
use crate::written::destination::{self, new_file};
use crate::written::listing::warn_of_clamping;

/// Plan how a cluster leaves one CA for another, with the files of each step and a check after it
///
/// Three steps: both CAs are trusted, every node gets a certificate of the new one, the old one is
/// dropped. Every state in between is judged as Elasticsearch would, each node in both roles. With
/// --sign the new certificates are made, subject and names as they are; else the plan says how.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Arguments {
    /// Certificates or key stores of the cluster's nodes: files, folders, quoted globs, a .zip, or its name in the
    /// inventory
    #[arg(required = true, value_name = "NODE")]
    nodes: Vec<String>,
    /// The CA that is trusted now: a certificate file or key store
    #[arg(long, value_name = "CA")]
    old: String,
    /// The CA that takes its place: a certificate file or key store
    #[arg(long, value_name = "CA")]
    new: String,
    /// Folder to write
    #[arg(long, short, value_name = "DIR")]
    out: String,
    /// Other CAs that are trusted and stay so, such as those of other clusters
    #[arg(long, value_name = "CA")]
    keep: Vec<String>,
    /// A connected cluster: its name, the folder or glob of its nodes, and its settings
    #[arg(long = "cluster", value_name = "NAME=NODES[,ca=FILE][,restrictions=FILE]…")]
    clusters: Vec<ClusterArgument>,
    #[command(flatten)]
    inventory: InventoryOption,
    /// Restrictions file of the cluster itself
    #[arg(long, value_name = "FILE")]
    restrictions: Option<String>,
    /// Verification mode of the cluster: full, certificate or none
    #[arg(long, value_name = "MODE", default_value = "full")]
    mode: VerificationMode,
    #[command(flatten)]
    fields: FieldsOption,
    /// Sign the new certificates, with the key in the new CA's key store, --new-key or --new-signer
    #[arg(long)]
    sign: bool,
    /// Private key of the new CA, where it is in a file of its own or, as a pkcs11: URI, in a token
    #[arg(long, value_name = "KEY", requires = "sign")]
    new_key: Option<String>,
    /// Program with its arguments that signs with the key of the new CA: it gets a line of JSON for each
    /// signature
    #[arg(long, value_name = "COMMAND", requires = "sign", conflicts_with = "new_key")]
    new_signer: Option<String>,
    /// Keep each node's private key instead of making a new one
    #[arg(long, requires = "sign")]
    keep_key: bool,
    #[command(flatten)]
    validity: DaysOption,
    /// Write PEM files only, no key stores
    #[arg(long)]
    pem: bool,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    authority_password: AuthorityPassword,
    #[command(flatten)]
    source_password: SourcePassword,
    #[command(flatten)]
    password: OutputPassword,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    output: ReportOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let output = arguments.password.source();
    let source = arguments.source_password.source().beside(&output);
    let mut opened = Vec::new();
    for group in Names::of(&arguments.inventory).nodes(&arguments.nodes, context)? {
        opened.extend(sources::open_nodes(&group.paths, &group.source(source), context)?);
    }
    let (nodes, keys) = nodes(&opened, arguments, context)?;
    let roll_over = roll_over(arguments, nodes, context)?;
    let source = arguments.password.source();
    let packaging = destination::packaging(arguments.pem, "each key store", &source, context)?;
    let mut materials = materials(arguments, &packaging, context)?;
    let leaves = match sign(arguments, &roll_over, &keys, &packaging, context)? {
        Some((leaves, files)) => {
            materials.issued = Some(files);
            leaves
        }
        None => NewLeaves::stand_ins(&roll_over)?,
    };
    let simulation = simulate(&roll_over, &leaves);
    let report = check(&roll_over, &simulation);
    let made = plan(&roll_over, &simulation, &report, &materials)?;
    let files: Vec<NewFile<'_>> = made.files.iter().map(new_file).collect();
    output::folder(&arguments.out, &files, arguments.overwrite.force)?;
    let human = |layout| human(&arguments.out, &made, &report, layout);
    let document = || Document { steps: &made.steps, report: &report };
    context.print(&arguments.output.render(&report, context, human, document))?;
    Ok(arguments.output.outcome(&report))
}

#[derive(Serialize)]
struct Document<'a> {
    steps: &'a [PlanStep],
    #[serde(flatten)]
    report: &'a Report,
}

/// The nodes, and with `--keep-key` the key of each.
fn nodes(
    opened: &[Opened],
    arguments: &Arguments,
    context: &mut Context,
) -> Result<(Vec<Node>, Vec<Option<PrivateKey>>), Failure> {
    let (mut nodes, mut keys, mut encrypted) = (Vec::new(), Vec::new(), Vec::new());
    let (beside, entries) = (NodeKeys::of(opened), Entries::of(opened));
    for presented in sources::nodes_of(opened, &[], context)? {
        let Presented { label, chain, key: stored, .. } = &presented;
        let Some(leaf) = chain.first() else { continue };
        let source = arguments.source_password.source();
        let keyed = Keyed { label, leaf, stored: *stored };
        keys.push(if arguments.keep_key {
            let KeptKey { key, was_encrypted } = keyed.key(&entries, &source, context)?;
            encrypted.push((label.clone(), was_encrypted));
            Some(key)
        } else {
            None
        });
        nodes.push(beside.with_key(presented));
    }
    if arguments.pem {
        let encrypted = encrypted.iter().map(|(label, encrypted)| (&**label, *encrypted));
        kept_keys::warn_of_plain(encrypted, &arguments.password.source(), context)?;
    }
    Ok((nodes, keys))
}

fn roll_over(
    arguments: &Arguments,
    nodes: Vec<Node>,
    context: &mut Context,
) -> Result<RollOver, Failure> {
    let Arguments { old, new, keep, clusters, .. } = arguments;
    let source = arguments.source_password.source();
    let authority = arguments.authority_password.source();
    let kept = if keep.is_empty() { Vec::new() } else { authorities_of(keep, &source, context)? };
    let mut settings = Settings::new(TrustList::default());
    settings.mode = arguments.mode;
    settings.fields = arguments.fields.fields()?;
    if let Some(path) = &arguments.restrictions {
        let restrictions = restrictions::read(path, context)?;
        settings.restrictions = Some(RestrictionsFile { path: path.clone(), restrictions });
    }
    let at: Option<Timestamp> = arguments.at.at;
    Ok(RollOver {
        old: authorities_of(std::slice::from_ref(old), &authority, context)?,
        new: authorities_of(std::slice::from_ref(new), &authority, context)?,
        kept,
        nodes,
        settings,
        others: cluster::read_all(
            &Names::of(&arguments.inventory).clusters(clusters, context)?,
            &source,
            context,
        )?,
        now: at.unwrap_or_else(now),
    })
}

/// The CA certificates in files.
fn authorities_of(
    paths: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Certificate>, Failure> {
    let opened = sources::open_all(paths, source, context)?;
    let contents: Vec<&Contents> = opened.iter().map(|file| &file.contents).collect();
    authorities::extract(&contents)
        .map_err(|error| Message::new(chain(&error)).at(paths.join(", ")).into())
}

fn materials(
    arguments: &Arguments,
    packaging: &Packaging,
    context: &mut Context,
) -> Result<Materials, Failure> {
    let mut materials = Materials::default();
    if let Some(path) = &arguments.restrictions {
        let name = std::path::Path::new(path).file_name();
        let name = name.map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
        materials.restrictions = Some((name, context.read(path)?.bytes.to_vec()));
    }
    if let Packaging::Pkcs12 { password } = packaging {
        materials.trust_stores = Some(password.clone());
    }
    let fields = arguments.fields.fields()?;
    if fields != X509Field::DEFAULT {
        let fields = fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(",");
        materials.check_options.extend(["--x509-fields".to_owned(), fields]);
    }
    if arguments.mode != VerificationMode::default() {
        materials.check_options.extend(["--mode".to_owned(), arguments.mode.to_string()]);
    }
    Ok(materials)
}

/// With `--sign` the new certificates, and their files.
fn sign(
    arguments: &Arguments,
    roll_over: &RollOver,
    keys: &[Option<PrivateKey>],
    packaging: &Packaging,
    context: &mut Context,
) -> Result<Option<(NewLeaves, Vec<BundleFile>)>, Failure> {
    if !arguments.sign {
        return Ok(None);
    }
    let authority = signing(arguments, context)?;
    let issued = renew_all(roll_over, keys, &authority, arguments.validity.days, now())?;
    warn_of_clamping(issued.iter().find_map(|one| one.clamped), context);
    let mut files = Vec::new();
    for one in &issued {
        files.extend(package(one, packaging, now())?.files);
    }
    Ok(Some((NewLeaves::issued(roll_over, &issued), files)))
}

/// The new authority with its key.
fn signing(arguments: &Arguments, context: &mut Context) -> Result<Authority, Failure> {
    let Arguments { new, new_key, new_signer, authority_password, .. } = arguments;
    let is_beside = new_key.is_some() || new_signer.is_some();
    let options = AuthorityOptions {
        ca: None,
        ca_cert: Some(new.clone()).filter(|_| is_beside),
        ca_key: new_key.clone(),
        ca_signer: new_signer.clone(),
        ca_signer_timeout: None,
        password: authority_password.clone(),
    };
    if is_beside {
        options.load(None, Duty::Signs, context)
    } else {
        options.load_store(new, HINT_KEY, context)
    }
}

/// The steps, then the findings.
fn human(out: &str, plan: &Plan, report: &Report, layout: Layout) -> String {
    let mut text = String::new();
    for PlanStep { order, title, files, check } in &plan.steps {
        text += &format!("{order}  {}\n", layout.style.strong(title));
        for file in files.iter().take(MOST_FILES) {
            text += &format!("     {out}/{file}\n");
        }
        if let Some(more) = files.len().checked_sub(MOST_FILES).filter(|more| *more > 0) {
            text += &format!("     and {more} more\n");
        }
        text += &format!("     then: sh {out}/{check}\n");
    }
    text += &format!("\nWho does what, and what was tried beforehand: {out}/README.md\n");
    let findings = print::human(report, layout);
    if !findings.is_empty() {
        text.push('\n');
        text.push_str(&findings);
    }
    text
}

/// So many files of a step are named one by one.
const MOST_FILES: usize = 6;
const HINT_KEY: &str =
    "give the key store of the new CA as --new, or its key with --new-key or --new-signer";
