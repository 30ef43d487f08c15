//! The files of the http mode: keys and certificates or requests, made, and packed with what is
//! to be known of them.

use crosstrust_issue::{
    Authority, Bundle, BundleFile, Clamped, Issuer, KeyFile, Packaging, Profile, Purpose, Validity,
    issue_for, key_store, request,
};
use crosstrust_keystore::{Password, PrivateKey, pem};
use crosstrust_x509::{Certificate, Timestamp};
use rayon::prelude::*;

use super::plan::{NewAuthority, Node, Plan, Signing};
use super::template::{Variables, fill};
use super::texts;
use crate::certutil::authority::refused;
use crate::certutil::stop::Stop;
use crate::progress::Progress;

/// Makes everything that a plan asks for, on all cores. Also tells if validity was cut to the authority's.
pub(super) fn make(
    plan: &Plan,
    now: Timestamp,
    progress: &Progress,
) -> Result<(Bundle, Option<Clamped>), Stop> {
    let made;
    let authority = match &plan.signing {
        Signing::Request => None,
        Signing::Existing(authority) => Some(&**authority),
        Signing::New { request, .. } => {
            made = make_authority(request, now)?;
            Some(&made)
        }
    };
    let made = plan.nodes.par_iter().map(|node| {
        let made = node_files(node, authority, plan, now);
        progress.tick();
        made
    });
    let made = made.collect::<Result<Vec<_>, _>>()?;
    let clamped = made.iter().find_map(|(_, clamped)| *clamped);
    let mut files: Vec<BundleFile> = made.into_iter().flat_map(|(files, _)| files).collect();
    if let (Signing::New { password, .. }, Some(authority)) = (&plan.signing, authority) {
        files.extend(below("ca", authority_files(authority, password, now)?));
    }
    files.extend(below("kibana", kibana_files(authority.map(Authority::certificate))));
    Ok((Bundle { files }, clamped))
}

/// The files of a node, in a folder of its own if there are several nodes.
fn node_files(
    node: &Node,
    authority: Option<&Authority>,
    plan: &Plan,
    now: Timestamp,
) -> Result<(Vec<BundleFile>, Option<Clamped>), Stop> {
    let (files, clamped) = match authority {
        Some(authority) => store(node, authority, plan, now)?,
        None => (request_files(node, &plan.password)?, None),
    };
    let folder = match plan.nodes.len() {
        1 => "elasticsearch".to_owned(),
        _ => format!("elasticsearch/{}", node.instance.filename),
    };
    Ok((below(&folder, files), clamped))
}

fn make_authority(new: &NewAuthority, now: Timestamp) -> Result<Authority, Stop> {
    let days = new.validity.days_from(Validity::start(now)).map_err(refused)?;
    Authority::generate_constrained(&new.request(days), &new.constraints, now).map_err(refused)
}

/// A key store, and its texts.
fn store(
    node: &Node,
    authority: &Authority,
    plan: &Plan,
    now: Timestamp,
) -> Result<(Vec<BundleFile>, Option<Clamped>), Stop> {
    let days = plan.validity.days_from(Validity::start(now)).map_err(refused)?;
    let profile = Profile { key_type: node.key_type, days, now };
    let key = PrivateKey::generate(node.key_type).map_err(Stop::other)?;
    let signer = Issuer::Authority(authority);
    let issued =
        issue_for(&node.instance, key, signer, &profile, &purpose(node)).map_err(refused)?;
    let store = key_store(ALIAS, &issued, &plan.password, now).map_err(refused)?;
    let variables = variables(&plan.password, &[("STORE", STORE), ("YML", ELASTICSEARCH_YML)]);
    let files = vec![
        text(README, texts::STORE_README, &variables),
        BundleFile { path: STORE.to_owned(), contents: store, private: true },
        text(ELASTICSEARCH_YML, texts::STORE_YML, &variables),
    ];
    Ok((files, issued.clamped))
}

/// A request, its key, and their texts.
fn request_files(node: &Node, password: &Password) -> Result<Vec<BundleFile>, Stop> {
    let key = PrivateKey::generate(node.key_type).map_err(Stop::other)?;
    let requested = request(&node.instance, key, &purpose(node)).map_err(refused)?;
    let name = |extension: &str| format!("http-{}.{extension}", node.instance.filename);
    let (csr, key, crt) = (name("csr"), name("key"), name("crt"));
    let names = [("CSR", &*csr), ("KEY", &*key), ("CRT", &*crt), ("YML", ELASTICSEARCH_YML)];
    let variables = variables(password, &names);
    let encoded = pem::write("CERTIFICATE REQUEST", requested.request.der());
    let secret = KeyFile::Traditional(Some(password.clone()));
    let secret = secret.write(&requested.key).map_err(refused)?;
    Ok(vec![
        text(README, texts::REQUEST_README, &variables),
        public(csr, encoded),
        BundleFile { path: key, contents: secret, private: true },
        text(ELASTICSEARCH_YML, texts::REQUEST_YML, &variables),
    ])
}

fn authority_files(
    authority: &Authority,
    password: &Password,
    now: Timestamp,
) -> Result<Vec<BundleFile>, Stop> {
    let packaging = Packaging::Pkcs12 { password: password.clone() };
    let store = Bundle::of_authority(authority, &packaging, now).map_err(refused)?.files;
    let name = store.first().map_or("", |file| &*file.path).to_owned();
    let readme = text(README, texts::AUTHORITY_README, &variables(password, &[("STORE", &name)]));
    Ok(std::iter::once(readme).chain(store).collect())
}

/// What Kibana needs: the authority's certificate, if it is known.
fn kibana_files(authority: Option<&Certificate>) -> Vec<BundleFile> {
    let certificate_name = authority.map_or("", |_| KIBANA_CA);
    let names = [("CA_CERT", certificate_name), ("YML", KIBANA_YML)];
    let variables = variables(&Password::empty(), &names);
    let certificate =
        authority.map(|ca| public(KIBANA_CA.to_owned(), pem::write_certificates([ca])));
    let mut files = vec![text(README, texts::KIBANA_README, &variables)];
    files.extend(certificate);
    files.push(text(KIBANA_YML, texts::KIBANA_YML, &variables));
    files
}

fn purpose(node: &Node) -> Purpose {
    Purpose { key_usage: node.key_usage.clone(), ..Purpose::http_server() }
}

/// Values for the texts. They tell that there is a password, and not which.
fn variables(password: &Password, names: &[(&'static str, &str)]) -> Variables {
    let is_there = if password.is_empty() { "" } else { "yes" };
    let names = names.iter().map(|(name, value)| (*name, (*value).to_owned()));
    names.chain([("PASSWORD", is_there.to_owned())]).collect()
}

fn text(path: &str, template: &str, variables: &Variables) -> BundleFile {
    public(path.to_owned(), fill(template, variables))
}

fn public(path: String, text: String) -> BundleFile {
    BundleFile { path, contents: text.into_bytes().into(), private: false }
}

fn below(folder: &str, files: Vec<BundleFile>) -> Vec<BundleFile> {
    let mut bundle = Bundle { files };
    bundle.put_below(folder);
    bundle.files
}

const ALIAS: &str = "http";
const ELASTICSEARCH_YML: &str = "sample-elasticsearch.yml";
const KIBANA_CA: &str = "elasticsearch-ca.pem";
const KIBANA_YML: &str = "sample-kibana.yml";
const README: &str = "README.txt";
const STORE: &str = "http.p12";
