//! What a running cluster answers to `remote verify --url`.

use clap::Args;
use crosstrust_preflight::endpoint::EndpointVerdict;
use crosstrust_remote::{
    AnswerError, ClusterSettings, RemoteInfo, RunningCertificates, UNANSWERED, verify_certificates,
    verify_registration,
};
use crosstrust_report::{Report, Severity};
use crosstrust_x509::Timestamp;

use super::api_key::ApiKey;
use super::ask::{Asked, Cluster, Judge};
use super::loaded::NodeFiles;
use super::planned::Planned;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::config_root::ConfigRoots;
use crate::password::Source;
use crate::url::Url;

/// The cluster that is asked.
#[derive(Args, Debug)]
pub(super) struct ClusterOptions {
    /// Address of the local cluster's HTTP layer, such as `https://node1.example.com:9200`
    #[arg(long, value_name = "URL", requires = "api_key_env", group = "answers")]
    pub(super) url: Option<String>,
    /// Environment variable that holds an API key with the cluster privilege `monitor`
    #[arg(long, value_name = "VAR")]
    api_key_env: Option<String>,
    /// CA of the HTTP layer: files or quoted globs, up to the next option; else those of the operating system
    #[arg(long, value_name = "CA", num_args = 1..)]
    ca: Vec<String>,
    /// Settings of the node that is asked, its elasticsearch.yml: compares the files that they name with what the
    /// node has loaded
    #[arg(long, value_name = "FILE")]
    config: Option<String>,
    #[command(flatten)]
    roots: ConfigRoots,
}

/// What was seen of the remote clusters.
pub(super) struct Seen {
    /// Those that there are; nothing where the cluster was not asked.
    pub(super) info: Option<RemoteInfo>,
    pub(super) report: Report,
    /// What else people are told.
    pub(super) lines: String,
    /// The key that was sent, and that nothing of it may be printed with.
    pub(super) key: Option<ApiKey>,
}

impl Seen {
    /// A text of what was seen, as it may be printed.
    pub(super) fn without_key(&self, text: &str) -> String {
        self.key.as_ref().map_or_else(|| text.to_owned(), |key| key.hidden_in(text))
    }
}

impl ClusterOptions {
    /// The first option that is given besides the address.
    pub(super) fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--api-key-env", self.api_key_env.is_some()),
            ("--ca", !self.ca.is_empty()),
            ("--config", self.config.is_some()),
            ("--config-root", self.roots.is_given()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option)
    }

    /// The settings of the node: those that are named, else those of the connection.
    fn settings(&self, planned: Option<&Planned>) -> Option<String> {
        self.config.clone().or_else(|| planned.and_then(Planned::local_settings))
    }
}

/// Asks the cluster three questions, and judges what it answers.
pub(super) fn look(
    url: &str,
    options: &ClusterOptions,
    planned: Option<&Planned>,
    (source, now): (&Source<'_>, Timestamp),
    context: &mut Context,
) -> Result<Seen, Failure> {
    let url: Url = url.parse().map_err(|error: String| Message::new(error).at("--url"))?;
    if options.roots.is_given() && options.settings(planned).is_none() {
        let message = "--config-root is of no use where no settings are named";
        return Err(Message::new(message)
            .hint("name the node's elasticsearch.yml with --config")
            .into());
    }
    let key = ApiKey::from_environment(options.api_key_env.as_deref().unwrap_or_default())?;
    let judge = Judge { authorities: &options.ca, source, now };
    let cluster = Cluster::new(&url, key.clone(), &judge, context)?;
    let seen = ask(&cluster, options, planned, (source, now), context);
    let seen = seen.map_err(|failure| failure.told(|text| key.hidden_in(text)))?;
    Ok(Seen { key: Some(key), ..seen })
}

fn ask(
    cluster: &Cluster<'_>,
    options: &ClusterOptions,
    planned: Option<&Planned>,
    (source, now): (&Source<'_>, Timestamp),
    context: &mut Context,
) -> Result<Seen, Failure> {
    let url = cluster.url;
    let text = match cluster.ask(INFO) {
        Asked::Answered(text) => text,
        Asked::Failed(message) => return Err(message.into()),
        Asked::Refused(verdict) => return Ok(refused(url, &verdict)),
    };
    let place = format!("{url}{INFO}");
    let info = RemoteInfo::parse(&text).map_err(|error| unread(&error, &place))?;
    let mut report = Planned::judge(planned, &info, &place);
    report.look_at(&place);
    let place = format!("{url}{SETTINGS}");
    if let Some(text) = answer(cluster, SETTINGS, &mut report) {
        let connection = planned.map(|planned| &planned.connection);
        match ClusterSettings::parse(&text) {
            Ok(settings) => {
                report.append(verify_registration(&settings, &info, connection, &place));
            }
            Err(error) => told(unread(&error, &place).into(), &mut report),
        }
    }
    let mut certificates = Certificates { options, planned, source, now, report };
    let lines = certificates.look(cluster, context)?;
    Ok(Seen { info: Some(info), report: certificates.report, lines, key: None })
}

/// The certificates that the node has loaded.
struct Certificates<'a> {
    options: &'a ClusterOptions,
    planned: Option<&'a Planned>,
    source: &'a Source<'a>,
    now: Timestamp,
    report: Report,
}

impl Certificates<'_> {
    /// Judges them, and says what they were compared with.
    fn look(&mut self, cluster: &Cluster<'_>, context: &mut Context) -> Result<String, Failure> {
        let Some(text) = answer(cluster, CERTIFICATES, &mut self.report) else {
            return Ok(String::new());
        };
        let place = format!("{}{CERTIFICATES}", cluster.url);
        let running = match RunningCertificates::parse(&text) {
            Ok(running) => running,
            Err(error) => {
                told(unread(&error, &place).into(), &mut self.report);
                return Ok(String::new());
            }
        };
        let settings = self.options.settings(self.planned);
        let (files, compared) = match &settings {
            Some(settings) => {
                let node = NodeFiles { settings, roots: &self.options.roots, source: self.source };
                let files = node.read(&running, &mut self.report, context)?;
                (Some(files), format!("compared with the files of {settings}"))
            }
            None => (None, "not compared with files, since --config names no settings".to_owned()),
        };
        let found = verify_certificates(&running, files.as_deref(), self.now, &place);
        self.report.append(found);
        Ok(format!("certificates that the node has loaded: {}, {compared}\n", running.count()))
    }
}

/// The answer to a question without which the others still say something.
fn answer(cluster: &Cluster<'_>, path: &str, report: &mut Report) -> Option<String> {
    match cluster.ask(path) {
        Asked::Answered(text) => Some(text),
        Asked::Failed(message) => {
            told(message.into(), report);
            None
        }
        Asked::Refused(verdict) => {
            let place = format!("{}{path}", cluster.url);
            told(Message::new(why(&verdict)).at(place).into(), report);
            None
        }
    }
}

/// A question that was not answered, as a finding.
fn told(failure: Failure, report: &mut Report) {
    for finding in failure.findings(&UNANSWERED, "") {
        report.push(finding);
    }
}

/// Nothing was asked: the findings say why.
fn refused(url: &Url, verdict: &EndpointVerdict) -> Seen {
    let mut report = Report::default();
    // Notes are for those who look at the endpoint itself.
    for finding in verdict.report.findings() {
        if finding.severity() != Severity::Note {
            report.push(finding.clone());
        }
    }
    let why = if report.has_errors() { String::new() } else { format!(": {}", why(verdict)) };
    let lines = format!("{url}: not asked, and the API key not sent{why}\n");
    Seen { info: None, report, lines, key: None }
}

/// Why an endpoint was not asked.
fn why(verdict: &EndpointVerdict) -> String {
    let judged = verdict.as_server.as_ref().and_then(crosstrust_preflight::Verdict::reason);
    let first = &verdict.observation.first;
    let hint = if first.is_refused_after_request() { NO_CLIENT_CERTIFICATE } else { "" };
    judged.unwrap_or_else(|| format!("{}{hint}", first.end))
}

fn unread(error: &AnswerError, place: &str) -> Message {
    Message::new(error).at(place).hint("look what answers at the address of --url")
}

/// What to do where a certificate of ours is wanted.
const NO_CLIENT_CERTIFICATE: &str = "; no client certificate is given here: save the answer with `curl --cert`, and name \
    its file with --info";
const INFO: &str = "/_remote/info";
const SETTINGS: &str = "/_cluster/settings";
const CERTIFICATES: &str = "/_ssl/certificates";
