//! The plan: a folder with the files of each step, a check after each, and a page that says who does what.

mod json;
mod readme;
mod script;

use crosstrust_issue::{BundleFile, Error, Manifest, instance};
use crosstrust_keystore::{Password, pem, pkcs12};
use crosstrust_report::Report;
use crosstrust_x509::Certificate;

use crate::leaves::file_names;
use crate::roll_over::RollOver;
use crate::simulation::Simulation;

/// What goes into the plan beside what is computed.
#[derive(Clone, Default)]
pub struct Materials {
    /// The files of the new certificates, if they were signed: paths below the folder of their step.
    pub issued: Option<Vec<BundleFile>>,
    /// The cluster's restrictions file: its name without folders, and its bytes.
    pub restrictions: Option<(String, Vec<u8>)>,
    /// The password of trust stores; nothing where PEM files alone are wanted.
    pub trust_stores: Option<Password>,
    /// Options that the checks need to judge as the cluster does, as words of a command line.
    pub check_options: Vec<String>,
}

/// A plan.
#[derive(Clone)]
pub struct Plan {
    /// Its files, in order.
    pub files: Vec<BundleFile>,
    /// Its steps, in order.
    pub steps: Vec<PlanStep>,
}

/// A step of a plan.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize)]
pub struct PlanStep {
    /// From 1.
    pub order: usize,
    /// What is done.
    pub title: &'static str,
    /// The files that it needs.
    pub files: Vec<String>,
    /// The script that says whether it was done right.
    pub check: String,
}

/// What the page and the document are made of.
struct Subject<'a> {
    roll_over: &'a RollOver,
    simulation: &'a Simulation,
    report: &'a Report,
    materials: &'a Materials,
    steps: Vec<PlanStep>,
}

/// A step before its files are known.
struct Step {
    folder: &'static str,
    title: &'static str,
}

/// Writes the plan. `report` is what [`check`](crate::check) found, and stands in it.
pub fn plan(
    roll_over: &RollOver,
    simulation: &Simulation,
    report: &Report,
    materials: &Materials,
) -> Result<Plan, Error> {
    let mut files = Vec::new();
    trusted(&mut files, TRUST_BOTH.folder, &roll_over.both(), roll_over, materials)?;
    files.push(public(
        format!("{}/new-ca.crt", TRUST_BOTH.folder),
        &pem::write_certificates(&roll_over.new),
    ));
    leaves(&mut files, roll_over, materials)?;
    trusted(&mut files, TRUST_NEW.folder, &roll_over.after(), roll_over, materials)?;
    for (order, step) in (1..).zip(STEPS) {
        let script = script::check(order, step.folder, materials);
        files.push(public(format!("{}/{CHECK}", step.folder), &script));
    }
    let steps =
        (1..).zip(STEPS).map(|(order, step)| plan_step(order, &step, &files)).collect::<Vec<_>>();
    for (name, node) in file_names(&roll_over.nodes).iter().zip(&roll_over.nodes) {
        files.push(public(
            format!("nodes/{name}.crt"),
            &pem::write_certificates(node.chain().certificates()),
        ));
    }
    if let Some((name, bytes)) = &materials.restrictions {
        let contents = bytes.clone().into();
        files.push(BundleFile { path: format!("restrictions/{name}"), contents, private: false });
    }
    let subject = Subject { roll_over, simulation, report, materials, steps };
    files.push(public("README.md".to_owned(), &readme::write(&subject)));
    files.push(public("plan.json".to_owned(), &json::write(&subject)));
    Ok(Plan { files, steps: subject.steps })
}

fn plan_step(order: usize, step: &Step, files: &[BundleFile]) -> PlanStep {
    let below = format!("{}/", step.folder);
    let check = format!("{below}{CHECK}");
    let paths = files.iter().map(|file| file.path.clone());
    let files = paths.filter(|path| path.starts_with(&below) && *path != check).collect();
    PlanStep { order, title: step.title, files, check }
}

/// A list of trusted authorities: PEM, and a trust store where those are wanted.
fn trusted(
    files: &mut Vec<BundleFile>,
    folder: &str,
    certificates: &[Certificate],
    roll_over: &RollOver,
    materials: &Materials,
) -> Result<(), Error> {
    files.push(public(format!("{folder}/ca.crt"), &pem::write_certificates(certificates)));
    if let Some(password) = &materials.trust_stores {
        let mut writer = pkcs12::Writer::new(pkcs12::StoreProfile::Modern);
        for (number, certificate) in (1..).zip(certificates) {
            writer = writer.trusted(&format!("ca-{number}"), certificate);
        }
        let contents = writer.write(password, roll_over.now)?.into();
        files.push(BundleFile {
            path: format!("{folder}/truststore.p12"),
            contents,
            private: true,
        });
    }
    Ok(())
}

/// The new certificates; where they are yet to be signed, an instances file that asks for them.
fn leaves(
    files: &mut Vec<BundleFile>,
    roll_over: &RollOver,
    materials: &Materials,
) -> Result<(), Error> {
    let folder = NEW_CERTIFICATES.folder;
    if let Some(issued) = &materials.issued {
        let below = |file: &BundleFile| BundleFile {
            path: format!("{folder}/{}", file.path),
            ..file.clone()
        };
        files.extend(issued.iter().map(below));
        return Ok(());
    }
    let names = file_names(&roll_over.nodes);
    let nodes = roll_over.nodes.iter().zip(&names);
    let instances = nodes.filter_map(|(node, name)| node.leaf().map(|leaf| instance(leaf, name)));
    let text = Manifest { instances: instances.collect() }.to_text()?;
    files.push(public(format!("{folder}/instances.yml"), &text));
    Ok(())
}

fn public(path: String, text: &str) -> BundleFile {
    BundleFile { path, contents: text.as_bytes().to_vec().into(), private: false }
}

const TRUST_BOTH: Step = Step { folder: "1-trust-both", title: "Trust both CAs everywhere" };
const NEW_CERTIFICATES: Step =
    Step { folder: "2-new-certificates", title: "Give every node a certificate of the new CA" };
const TRUST_NEW: Step = Step { folder: "3-trust-new", title: "Trust the new CA alone" };
const STEPS: [Step; 3] = [TRUST_BOTH, NEW_CERTIFICATES, TRUST_NEW];
const CHECK: &str = "check.sh";
