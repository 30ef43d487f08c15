//! Tests against what jopt-simple, which the original reads its command line with, makes of them.

use super::*;

const NONE: Argument = Argument::None;
const TABLE: &[Spec] = &[
    Spec::new(&["h", "help"], NONE, ""),
    Spec::new(&["s", "silent"], NONE, ""),
    Spec::new(&["v", "verbose"], NONE, "").unless(&["silent"]),
    Spec::new(&["E"], Argument::Required("KeyValuePair"), ""),
    Spec::new(&["out"], Argument::Required(""), ""),
    Spec::new(&["pass"], Argument::Optional(""), ""),
    Spec::new(&["pem"], NONE, ""),
    Spec::new(&["keysize"], Argument::Required("Integer"), ""),
    Spec::new(&["multiple"], NONE, ""),
    Spec::new(&["name"], Argument::Required(""), "").unless(&["multiple"]),
    Spec::new(&["self-signed"], NONE, ""),
    Spec::new(&["in"], Argument::Required(""), ""),
    Spec::new(&["dns"], Argument::Required(""), ""),
    Spec::new(&["keyusage"], Argument::Required(""), ""),
    Spec::new(&["ip"], Argument::Required(""), ""),
    Spec::new(&["ca"], Argument::Required(""), ""),
    Spec::new(&["ca-cert"], Argument::Required(""), "").unless(&["ca"]),
    Spec::new(&["ca-key"], Argument::Required(""), "")
        .only_if(&["ca-cert"])
        .required_if(&["ca-cert"]),
];

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(|word| if word == "''" { "" } else { word }.to_owned()).collect()
}

fn read(line: &str) -> Result<Options, String> {
    parse(&[TABLE], &words(line)).map_err(|error| error.to_string())
}

/// Section 1.3: one dash, `=`, prefixes, exact names first.
#[test]
fn names_take_one_dash_or_two_and_may_be_cut_short() {
    #[track_caller]
    fn check(line: &str, name: &str, expected: &[&str]) {
        let options = read(line).unwrap();
        assert!(options.has(name), "{line}");
        assert_eq!(options.all(name), expected, "{line}");
    }

    for line in ["--out v", "--out=v", "-out v", "-out=v", "--o v", "-ou=v"] {
        check(line, "out", &["v"]);
    }
    for line in ["--mult", "-mult", "-multiple", "--m"] {
        check(line, "multiple", &[]);
    }
    check("--pa x", "pass", &["x"]);
    check("--keys 2048", "keysize", &["2048"]);
    check("-pas x", "pass", &["x"]);
    check("--self", "self-signed", &[]);
    check("--ver", "verbose", &[]);
    check("--ca a.p12", "ca", &["a.p12"]);
    check("--s", "silent", &[]);
    check("--he", "help", &[]);
    check("-in=input.yml", "in", &["input.yml"]);
    check("-Ecluster.name=x", "E", &["cluster.name=x"]);
    for name in ["ip", "dns", "keyusage"] {
        check(&format!("--{name} a --{name}=b,c"), name, &["a", "b,c"]);
    }
    check("--pem --pem", "pem", &[]);
}

/// Section 1.3: prefixes of several, and of none.
#[test]
fn names_that_are_unknown_or_short_for_several_are_refused() {
    #[track_caller]
    fn check(line: &str, expected: &str) {
        assert_eq!(read(line).unwrap_err(), expected, "{line}");
    }

    check("--p", "p is not a recognized option");
    check("--key x", "key is not a recognized option");
    check("--i x", "i is not a recognized option");
    check("--ca- x", "ca- is not a recognized option");
    check("--nope", "nope is not a recognized option");
    check("--nope=x", "nope is not a recognized option");
    check("-h --nope", "nope is not a recognized option");
    check("-xyz", "x is not a recognized option");
}

/// Section 1.3: an argument that is required is taken whatever it looks like; one that is not, only if it looks
/// like no option.
#[test]
fn arguments_are_taken_as_the_original_takes_them() {
    assert_eq!(read("--name --pem").unwrap().one("name"), Ok(Some("--pem")));
    assert_eq!(read("--keysize").unwrap_err(), "Option keysize requires an argument");
    assert_eq!(read("--pass -abc").unwrap_err(), "a is not a recognized option");
    let bare = read("--pass --pem").unwrap();
    assert!(bare.has("pass") && bare.has("pem") && bare.all("pass").is_empty());
    for line in ["--pass ''", "--pass=", "-pass ''"] {
        assert_eq!(read(line).unwrap().one("pass"), Ok(Some("")), "{line}");
    }
    assert_eq!(read("--pass -").unwrap().one("pass"), Ok(Some("-")));
    let number = read("--keysize abc").unwrap().number("keysize").unwrap_err();
    assert_eq!(number.to_string(), "Cannot parse argument 'abc' of option keysize");
    let twice = read("--pass a --pass b").unwrap().one("pass").unwrap_err().to_string();
    assert_eq!(twice, "Found multiple arguments for option pass, but you asked for only one");
}

/// Section 1.3, again.
#[test]
fn two_dashes_end_the_options_and_stray_words_are_passed_over() {
    let options = read("stray --pem -- --name x").unwrap();
    assert!(options.has("pem") && !options.has("name"));
}

/// Section 1.3: what is missing, then what conflicts; help needs neither.
#[test]
fn conditions_are_checked_missing_ones_first_and_not_for_who_wants_help() {
    #[track_caller]
    fn check(line: &str, expected: &str) {
        assert_eq!(read(line).unwrap_err(), expected, "{line}");
    }

    check("-sv", "Option(s) [v/verbose] are unavailable given other options on the command line");
    check("--ca a --ca-cert b", "Missing required option(s) [ca-key]");
    check(
        "--ca a --ca-cert b --ca-key c",
        "Option(s) [ca-cert] are unavailable given other options on the command line",
    );
    check(
        "--ca-key c",
        "Option(s) [ca-key] are unavailable given other options on the command line",
    );
    check(
        "--multiple --name n",
        "Option(s) [name] are unavailable given other options on the command line",
    );
    assert!(read("-h --ca-cert b -sv").is_ok());
}

#[test]
fn only_options_before_the_mode_are_read_by_the_outer_parser() {
    let (options, rest) = parse_leading(&[TABLE], &words("-s -E a=b cert --pem -s")).unwrap();
    assert!(options.has("silent") && !options.has("pem"));
    assert_eq!(rest, words("cert --pem -s"));
    assert!(parse_leading(&[TABLE], &words("--nope cert")).is_err());
}

#[test]
fn lists_are_split_at_commas_without_empty_ends() {
    assert_eq!(split("a, b"), ["a", "b"]);
    assert_eq!(split("a,,b,,"), ["a", "", "b"]);
    assert_eq!(split(""), Vec::<String>::new());
}
