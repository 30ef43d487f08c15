//! Options that several pre-flight commands have.

use clap::Args;
use crosstrust_preflight::{Settings, VerificationMode};

use crate::context::Context;
use crate::failure::Failure;
use crate::material::restrictions::restrictions_file;
use crate::material::trust::trust_list;
use crate::options::FieldsOption;
use crate::options::report::ReportOptions;
use crate::options::{AtOption, WarnOption, server_name};
use crate::password::{InputPassword, Source, TrustPassword};

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
    #[arg(long, value_name = "MODE", requires = "trust")]
    mode: Option<VerificationMode>,
    #[command(flatten)]
    fields: FieldsOption,
    #[command(flatten)]
    pub(super) warning: WarnOption,
    #[command(flatten)]
    pub(super) trust_password: TrustPassword,
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
        let settings = Settings::new(trust_list(trust, &source, context)?);
        self.over(settings, context)
    }

    /// Settings with what these options say instead.
    pub(super) fn over(
        &self,
        mut settings: Settings,
        context: &mut Context,
    ) -> Result<Settings, Failure> {
        settings.mode = self.mode.unwrap_or(settings.mode);
        if self.fields.asked().is_some() {
            settings.fields = self.fields.fields()?;
        }
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
