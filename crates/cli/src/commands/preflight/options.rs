//! Options that several pre-flight commands have.

use clap::Args;
use crosstrust_keystore::open::Format;
use crosstrust_preflight::{RestrictionsFile, Settings, TrustFile, TrustList, VerificationMode};

use crate::commands::report_format::ReportOptions;
use crate::commands::restrictions::{self, FieldsOption};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::options::{AtOption, days, server_name};
use crate::password::{InputPassword, Options, Source, TrustPassword};

/// The side that judges: its settings, its CA list aside.
#[derive(Args, Debug)]
pub(super) struct JudgeOptions {
    /// Restrictions file of the side that judges
    #[arg(long, value_name = "FILE", requires = "trust")]
    restrictions: Option<String>,
    /// Name that a connection through a proxy asks for (SNI)
    #[arg(long, value_name = "NAME", value_parser = server_name)]
    pub(super) server_name: Option<String>,
    /// Verification mode of the side that judges: full, certificate or none
    #[arg(long, value_name = "MODE", default_value = "full", requires = "trust")]
    mode: VerificationMode,
    #[command(flatten)]
    fields: FieldsOption,
    /// Warn of certificates that expire within this many days
    #[arg(long, value_name = "N", default_value_t = 30)]
    #[arg(value_parser = days, allow_negative_numbers = true)]
    pub(super) warn_days: u32,
    #[command(flatten)]
    trust_password: TrustPassword,
}

/// What every pre-flight command has.
#[derive(Args, Debug)]
pub(super) struct CommonOptions {
    #[command(flatten)]
    pub(super) at: AtOption,
    #[command(flatten)]
    pub(super) password: InputPassword,
    #[command(flatten)]
    pub(super) output: ReportOptions,
}

impl JudgeOptions {
    /// The settings of the side that judges, with the CAs that it trusts.
    pub(super) fn settings(
        &self,
        trust: &[String],
        common: &CommonOptions,
        context: &mut Context,
    ) -> Result<Settings, Failure> {
        let source = self.trust_source(common);
        let mut settings = Settings::new(trust_list(trust, &source, context)?);
        settings.mode = self.mode;
        settings.fields = self.fields.fields()?;
        if let Some(path) = &self.restrictions {
            settings.restrictions = Some(restrictions_file(path, context)?);
        }
        Ok(settings)
    }

    /// Where the password of the CA list comes from: its own options, else those of the input.
    pub(super) fn trust_source<'a>(&'a self, common: &'a CommonOptions) -> Source<'a> {
        self.trust_password.source().or(common.password.source())
    }
}

/// The certificates that are trusted: all of these files.
pub(super) fn trust_list(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    let mut files = Vec::new();
    for opened in context.open_all(arguments, source)? {
        let certificates: Vec<_> = opened.contents.certificates().into_iter().cloned().collect();
        if certificates.is_empty() {
            return Err(Message::new("holds no certificate to trust").at(&opened.path).into());
        }
        // A key store is only where the CA is kept; a PEM file is what a node would be given.
        let is_pem = opened.contents.format == Format::Pem;
        let private_keys = if is_pem { opened.contents.keys().count() } else { 0 };
        files.push(TrustFile {
            path: opened.path,
            certificates,
            private_keys,
            ..TrustFile::default()
        });
    }
    Ok(TrustList::from_files(files))
}

/// A restrictions file.
pub(super) fn restrictions_file(
    path: &str,
    context: &mut Context,
) -> Result<RestrictionsFile, Failure> {
    let restrictions = restrictions::read(path, context)?;
    Ok(RestrictionsFile { path: path.to_owned(), restrictions })
}
