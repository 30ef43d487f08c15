//! What is looked for in a trust restrictions file: a rule a file, and a table of them.
//!
//! Most rules have a check, which sees a file that is loaded, or a node's settings. Others are what
//! the loader itself refuses: [`of_fault`] tells which; few are about comments and permissions, which
//! `lint` looks at. A new rule is a file, a row in [`RULES`], and a broken and a kept file in
//! `fixtures/trust/lint/`.

mod address;
pub(crate) mod allowed_without_effect;
pub(crate) mod allowed_without_reason;
mod anchor;
mod any_character_dot;
mod api_key_clusters;
mod beyond_wildcards;
mod blank_at_edge;
mod class_escape;
mod clients_without_certificate;
mod comma_in_item;
mod comma_in_scalar;
mod covered_pattern;
pub(crate) mod dash_for_hyphen;
mod dead_pattern;
mod differing_nodes;
pub(crate) mod documentation_callout;
mod duplicate_key;
mod duplicate_pattern;
mod empty_pattern;
pub(crate) mod escape_in_double_quotes;
mod expression;
mod expression_without_slashes;
pub(crate) mod file_permissions;
mod fixed_text;
mod inner_star;
mod invalid_expression;
mod invisible_character;
mod item_not_text;
mod line_anchor;
mod lone_slash;
mod look_alike_key;
mod look_alike_letter;
mod lost_star;
mod lucene_operator;
mod matches_everything;
mod misplaced_parts;
mod misplaced_setting;
mod mixed_numbered_keys;
mod mixed_quoting;
mod name_with_prefix;
mod nameless_certificate;
mod nobody_trusted;
mod not_quoted_text;
mod null_value;
mod numbered_gap;
mod odd_id;
mod open_scope;
mod overlapping_patterns;
mod own_cluster_locked_out;
mod own_node_locked_out;
mod peer_refused;
mod perl_syntax;
mod placeholder;
mod plain_item_cut;
pub(crate) mod quote_in_pattern;
mod refused_as_too_complex;
pub(crate) mod refused_settings;
mod restrictions_not_found;
mod root_not_mapping;
mod sample_id;
mod several_documents;
mod several_kubernetes_clusters;
mod star_without_dot;
mod swapped_namespace;
mod syntax;
mod tab;
mod too_broad;
mod too_complex;
mod too_large;
mod two_spellings;
mod unknown_field;
mod unknown_key;
mod unknown_suffix;
mod unquoted_star;
mod unreadable_text;
mod unverified_certificates;
mod upper_case;
mod version_dependent;
mod whole_scope;

use crosstrust_report::Rule;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::restricted_node::RestrictedNode;
use crosstrust_settings::ErrorKind;

pub use dead_pattern::RULE as DEAD_PATTERN;
pub use file_permissions::Permissions;

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    RULES.iter().map(|row| row.rule).collect()
}

/// The rule with a code, in whatever case it is written.
pub fn explain(code: &str) -> Option<&'static Rule> {
    rules().into_iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// The rule that a fault breaks for which a file is refused.
pub(crate) fn of_fault(kind: &ErrorKind) -> &'static Rule {
    match kind {
        ErrorKind::Alias { indicator: '*', .. } => &unquoted_star::RULE,
        ErrorKind::Alias { .. } => &anchor::RULE,
        ErrorKind::ControlCharacter { .. } | ErrorKind::NotUtf8 { .. } => &unreadable_text::RULE,
        ErrorKind::DuplicateKey { .. } => &duplicate_key::RULE,
        ErrorKind::EmptyDocument | ErrorKind::RootNotMapping { .. } => &root_not_mapping::RULE,
        ErrorKind::Escape { .. } => &escape_in_double_quotes::RULE,
        ErrorKind::ListItem { .. } => &item_not_text::RULE,
        ErrorKind::MixedNumberedKeys { .. } => &mixed_numbered_keys::RULE,
        ErrorKind::MoreThanOneDocument => &several_documents::RULE,
        ErrorKind::NullValue { .. } => &null_value::RULE,
        ErrorKind::Tab => &tab::RULE,
        ErrorKind::UnknownSuffix => &unknown_suffix::RULE,
        _ => &syntax::RULE,
    }
}

/// Whether what a rule finds depends on more than the file.
pub(crate) fn depends_on_more(rule: &Rule) -> bool {
    DEPENDENT.contains(&rule)
}

/// What came along with a pattern that was copied, and keeps it from matching: for patterns that are
/// in no file yet.
pub(crate) fn copied_along(pattern: &str) -> Option<String> {
    documentation_callout::fault(pattern)
        .or_else(|| quote_in_pattern::fault(pattern))
        .or_else(|| dash_for_hyphen::fault(pattern))
        .or_else(|| look_alike_letter::fault(pattern))
}

/// Sets a remark on the whole list at its key, if there is one.
fn at_key(subject: &Subject<'_>, remark: Remark) -> Remark {
    match subject.key_place() {
        Some(place) => remark.at(place),
        None => remark,
    }
}

/// Names in a sentence.
fn described(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Looks for breaches of a rule in a file.
type FileCheck = fn(&Subject<'_>, &mut Remarks);

/// Looks for breaches of a rule in a node's settings.
type SettingsCheck = fn(&RestrictedNode, &Known, &mut Remarks);

/// A rule, and what looks for breaches of it.
pub(crate) struct Row {
    rule: &'static Rule,
    pub(crate) file: Option<FileCheck>,
    pub(crate) settings: Option<SettingsCheck>,
}

impl Row {
    /// A rule that the loader or `lint` tells of.
    const fn told(rule: &'static Rule) -> Self {
        Self { rule, file: None, settings: None }
    }

    /// A rule about files.
    const fn file(rule: &'static Rule, check: FileCheck) -> Self {
        Self { file: Some(check), ..Self::told(rule) }
    }

    /// A rule about the settings of nodes.
    const fn settings(rule: &'static Rule, check: SettingsCheck) -> Self {
        Self { settings: Some(check), ..Self::told(rule) }
    }

    /// A rule about what a setting says, wherever it comes from.
    const fn both(rule: &'static Rule, file: FileCheck, settings: SettingsCheck) -> Self {
        Self { rule, file: Some(file), settings: Some(settings) }
    }
}

/// Every rule, by code.
pub(crate) const RULES: &[Row] = &[
    Row::told(&unknown_suffix::RULE),
    Row::told(&unreadable_text::RULE),
    Row::told(&syntax::RULE),
    Row::told(&tab::RULE),
    Row::told(&unquoted_star::RULE),
    Row::file(&lost_star::RULE, lost_star::check),
    Row::file(&anchor::RULE, anchor::check),
    Row::file(&plain_item_cut::RULE, plain_item_cut::check),
    Row::file(&escape_in_double_quotes::RULE, escape_in_double_quotes::check),
    Row::told(&null_value::RULE),
    Row::told(&item_not_text::RULE),
    Row::told(&root_not_mapping::RULE),
    Row::told(&several_documents::RULE),
    Row::told(&duplicate_key::RULE),
    Row::file(&two_spellings::RULE, two_spellings::check),
    Row::file(&nobody_trusted::RULE, nobody_trusted::check),
    Row::file(&look_alike_key::RULE, look_alike_key::check),
    Row::file(&unknown_key::RULE, unknown_key::check),
    Row::file(&numbered_gap::RULE, numbered_gap::check),
    Row::told(&mixed_numbered_keys::RULE),
    Row::file(&comma_in_scalar::RULE, comma_in_scalar::check),
    Row::file(&comma_in_item::RULE, comma_in_item::check),
    Row::file(&blank_at_edge::RULE, blank_at_edge::check),
    Row::file(&empty_pattern::RULE, empty_pattern::check),
    Row::file(&invisible_character::RULE, invisible_character::check),
    Row::file(&look_alike_letter::RULE, look_alike_letter::check),
    Row::file(&beyond_wildcards::RULE, beyond_wildcards::check),
    Row::file(&upper_case::RULE, upper_case::check),
    Row::file(&not_quoted_text::RULE, not_quoted_text::check),
    Row::file(&placeholder::RULE, placeholder::check),
    Row::file(&lone_slash::RULE, lone_slash::check),
    Row::file(&invalid_expression::RULE, invalid_expression::check),
    Row::file(&line_anchor::RULE, line_anchor::check),
    Row::file(&perl_syntax::RULE, perl_syntax::check),
    Row::file(&any_character_dot::RULE, any_character_dot::check),
    Row::file(&lucene_operator::RULE, lucene_operator::check),
    Row::file(&class_escape::RULE, class_escape::check),
    Row::file(&version_dependent::RULE, version_dependent::check),
    Row::file(&expression_without_slashes::RULE, expression_without_slashes::check),
    Row::file(&too_complex::RULE, too_complex::check),
    Row::file(&matches_everything::RULE, matches_everything::check),
    Row::file(&too_broad::RULE, too_broad::check),
    Row::file(&open_scope::RULE, open_scope::check),
    Row::file(&star_without_dot::RULE, star_without_dot::check),
    Row::file(&inner_star::RULE, inner_star::check),
    Row::file(&misplaced_parts::RULE, misplaced_parts::check),
    Row::file(&odd_id::RULE, odd_id::check),
    Row::file(&name_with_prefix::RULE, name_with_prefix::check),
    Row::file(&address::RULE, address::check),
    Row::file(&own_cluster_locked_out::RULE, own_cluster_locked_out::check),
    Row::file(&own_node_locked_out::RULE, own_node_locked_out::check),
    Row::file(&peer_refused::RULE, peer_refused::check),
    Row::file(&nameless_certificate::RULE, nameless_certificate::check),
    Row::both(&unknown_field::RULE, unknown_field::check, unknown_field::check_settings),
    Row::file(&duplicate_pattern::RULE, duplicate_pattern::check),
    Row::file(&covered_pattern::RULE, covered_pattern::check),
    Row::file(&overlapping_patterns::RULE, overlapping_patterns::check),
    Row::file(&dead_pattern::RULE, dead_pattern::check),
    Row::file(&several_kubernetes_clusters::RULE, several_kubernetes_clusters::check),
    Row::file(&swapped_namespace::RULE, swapped_namespace::check),
    Row::file(&mixed_quoting::RULE, mixed_quoting::check),
    Row::told(&file_permissions::RULE),
    Row::settings(&unverified_certificates::RULE, unverified_certificates::check),
    Row::settings(&clients_without_certificate::RULE, clients_without_certificate::check),
    Row::settings(&misplaced_setting::RULE, misplaced_setting::check),
    Row::settings(&restrictions_not_found::RULE, restrictions_not_found::check),
    Row::settings(&differing_nodes::RULE, differing_nodes::check),
    Row::file(&whole_scope::RULE, whole_scope::check),
    Row::settings(&api_key_clusters::RULE, api_key_clusters::check),
    Row::told(&allowed_without_reason::RULE),
    Row::told(&allowed_without_effect::RULE),
    Row::file(&refused_as_too_complex::RULE, refused_as_too_complex::check),
    Row::file(&too_large::RULE, too_large::check),
    Row::file(&documentation_callout::RULE, documentation_callout::check),
    Row::file(&quote_in_pattern::RULE, quote_in_pattern::check),
    Row::file(&dash_for_hyphen::RULE, dash_for_hyphen::check),
    Row::file(&sample_id::RULE, sample_id::check),
    Row::told(&refused_settings::RULE),
];

/// Rules whose findings depend on more than the file.
const DEPENDENT: &[&Rule] = &[
    &upper_case::RULE,
    &class_escape::RULE,
    &open_scope::RULE,
    &own_node_locked_out::RULE,
    &peer_refused::RULE,
    &nameless_certificate::RULE,
    &dead_pattern::RULE,
    &swapped_namespace::RULE,
    &whole_scope::RULE,
];

#[cfg(test)]
mod tests;
