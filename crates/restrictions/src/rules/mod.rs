//! What is looked for in a trust restrictions file: a rule a file, and a table of them.
//!
//! Most rules have a check, which sees a file that is loaded, or a node's settings. Others are what
//! the loader itself refuses: [`of_fault`] tells which; few are about comments and permissions, which
//! `lint` looks at. A new rule is a file, a line in [`RULES`], one in [`CHECKS`] if it has a check, and
//! a broken and a kept file in `fixtures/trust/lint/`.

mod address;
pub(crate) mod allowed_in_vain;
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

use crate::lint::Linter;
use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;
use crate::node_settings::NodeSettings;
use crosstrust_settings::ErrorKind;

/// All rules, by code.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// The rule with a code, in whatever case it is written.
pub fn explain(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code))
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

/// Looks for breaches of one rule.
pub(crate) type Check = fn(&Subject<'_>, &mut Remarks);

/// The rules that have a check.
pub(crate) const CHECKS: &[(&Rule, Check)] = &[
    (&lost_star::RULE, lost_star::check),
    (&anchor::RULE, anchor::check),
    (&plain_item_cut::RULE, plain_item_cut::check),
    (&escape_in_double_quotes::RULE, escape_in_double_quotes::check),
    (&two_spellings::RULE, two_spellings::check),
    (&nobody_trusted::RULE, nobody_trusted::check),
    (&look_alike_key::RULE, look_alike_key::check),
    (&unknown_key::RULE, unknown_key::check),
    (&numbered_gap::RULE, numbered_gap::check),
    (&comma_in_scalar::RULE, comma_in_scalar::check),
    (&comma_in_item::RULE, comma_in_item::check),
    (&blank_at_edge::RULE, blank_at_edge::check),
    (&empty_pattern::RULE, empty_pattern::check),
    (&invisible_character::RULE, invisible_character::check),
    (&look_alike_letter::RULE, look_alike_letter::check),
    (&beyond_wildcards::RULE, beyond_wildcards::check),
    (&upper_case::RULE, upper_case::check),
    (&not_quoted_text::RULE, not_quoted_text::check),
    (&placeholder::RULE, placeholder::check),
    (&lone_slash::RULE, lone_slash::check),
    (&invalid_expression::RULE, invalid_expression::check),
    (&line_anchor::RULE, line_anchor::check),
    (&perl_syntax::RULE, perl_syntax::check),
    (&any_character_dot::RULE, any_character_dot::check),
    (&lucene_operator::RULE, lucene_operator::check),
    (&class_escape::RULE, class_escape::check),
    (&version_dependent::RULE, version_dependent::check),
    (&expression_without_slashes::RULE, expression_without_slashes::check),
    (&too_complex::RULE, too_complex::check),
    (&matches_everything::RULE, matches_everything::check),
    (&too_broad::RULE, too_broad::check),
    (&open_scope::RULE, open_scope::check),
    (&star_without_dot::RULE, star_without_dot::check),
    (&inner_star::RULE, inner_star::check),
    (&misplaced_parts::RULE, misplaced_parts::check),
    (&odd_id::RULE, odd_id::check),
    (&name_with_prefix::RULE, name_with_prefix::check),
    (&address::RULE, address::check),
    (&own_cluster_locked_out::RULE, own_cluster_locked_out::check),
    (&own_node_locked_out::RULE, own_node_locked_out::check),
    (&peer_refused::RULE, peer_refused::check),
    (&nameless_certificate::RULE, nameless_certificate::check),
    (&unknown_field::RULE, unknown_field::check),
    (&duplicate_pattern::RULE, duplicate_pattern::check),
    (&covered_pattern::RULE, covered_pattern::check),
    (&overlapping_patterns::RULE, overlapping_patterns::check),
    (&dead_pattern::RULE, dead_pattern::check),
    (&several_kubernetes_clusters::RULE, several_kubernetes_clusters::check),
    (&swapped_namespace::RULE, swapped_namespace::check),
    (&mixed_quoting::RULE, mixed_quoting::check),
    (&whole_scope::RULE, whole_scope::check),
    (&refused_as_too_complex::RULE, refused_as_too_complex::check),
    (&too_large::RULE, too_large::check),
    (&documentation_callout::RULE, documentation_callout::check),
    (&quote_in_pattern::RULE, quote_in_pattern::check),
    (&dash_for_hyphen::RULE, dash_for_hyphen::check),
    (&sample_id::RULE, sample_id::check),
];

/// Looks for breaches of one rule in a node's settings.
pub(crate) type SettingsCheck = fn(&NodeSettings, &Linter, &mut Remarks);

/// The rules about settings.
pub(crate) const SETTINGS_CHECKS: &[SettingsCheck] = &[
    unknown_field::check_settings,
    unverified_certificates::check,
    clients_without_certificate::check,
    misplaced_setting::check,
    restrictions_not_found::check,
    differing_nodes::check,
    api_key_clusters::check,
];

const RULES: &[&Rule] = &[
    &unknown_suffix::RULE,
    &unreadable_text::RULE,
    &syntax::RULE,
    &tab::RULE,
    &unquoted_star::RULE,
    &lost_star::RULE,
    &anchor::RULE,
    &plain_item_cut::RULE,
    &escape_in_double_quotes::RULE,
    &null_value::RULE,
    &item_not_text::RULE,
    &root_not_mapping::RULE,
    &several_documents::RULE,
    &duplicate_key::RULE,
    &two_spellings::RULE,
    &nobody_trusted::RULE,
    &look_alike_key::RULE,
    &unknown_key::RULE,
    &numbered_gap::RULE,
    &mixed_numbered_keys::RULE,
    &comma_in_scalar::RULE,
    &comma_in_item::RULE,
    &blank_at_edge::RULE,
    &empty_pattern::RULE,
    &invisible_character::RULE,
    &look_alike_letter::RULE,
    &beyond_wildcards::RULE,
    &upper_case::RULE,
    &not_quoted_text::RULE,
    &placeholder::RULE,
    &lone_slash::RULE,
    &invalid_expression::RULE,
    &line_anchor::RULE,
    &perl_syntax::RULE,
    &any_character_dot::RULE,
    &lucene_operator::RULE,
    &class_escape::RULE,
    &version_dependent::RULE,
    &expression_without_slashes::RULE,
    &too_complex::RULE,
    &matches_everything::RULE,
    &too_broad::RULE,
    &open_scope::RULE,
    &star_without_dot::RULE,
    &inner_star::RULE,
    &misplaced_parts::RULE,
    &odd_id::RULE,
    &name_with_prefix::RULE,
    &address::RULE,
    &own_cluster_locked_out::RULE,
    &own_node_locked_out::RULE,
    &peer_refused::RULE,
    &nameless_certificate::RULE,
    &unknown_field::RULE,
    &duplicate_pattern::RULE,
    &covered_pattern::RULE,
    &overlapping_patterns::RULE,
    &dead_pattern::RULE,
    &several_kubernetes_clusters::RULE,
    &swapped_namespace::RULE,
    &mixed_quoting::RULE,
    &file_permissions::RULE,
    &unverified_certificates::RULE,
    &clients_without_certificate::RULE,
    &misplaced_setting::RULE,
    &restrictions_not_found::RULE,
    &differing_nodes::RULE,
    &whole_scope::RULE,
    &api_key_clusters::RULE,
    &allowed_without_reason::RULE,
    &allowed_in_vain::RULE,
    &refused_as_too_complex::RULE,
    &too_large::RULE,
    &documentation_callout::RULE,
    &quote_in_pattern::RULE,
    &dash_for_hyphen::RULE,
    &sample_id::RULE,
];

#[cfg(test)]
mod tests;
