//! `preflight.sh`: commands that check the files of the kit.

use crosstrust_report::shell::quoted;

/// A question about a file of the kit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Probe {
    /// The file holds certificates of authorities and nothing secret.
    Authority { file: String },
    /// The file of restrictions can be loaded, and lets these in and those not.
    Restrictions { file: String, admits: Vec<String>, refuses: Vec<String> },
}

/// The text of `preflight.sh`.
pub(super) fn write(probes: &[Probe]) -> String {
    let mut script = HEAD.to_owned();
    for probe in probes {
        match probe {
            Probe::Authority { file } => {
                script.push_str(&format!("\nauthority {}\n", quoted(file)));
            }
            Probe::Restrictions { file, admits, refuses } => {
                let file = quoted(file);
                script.push_str(&format!("\nloads {file}\n"));
                for name in admits {
                    script.push_str(&format!("admits {file} {}\n", quoted(name)));
                }
                for name in refuses {
                    script.push_str(&format!("refuses {file} {}\n", quoted(name)));
                }
            }
        }
    }
    if probes.is_empty() {
        script.push_str(NOTHING);
    }
    script.push_str(TAIL);
    script
}

const HEAD: &str = r#"#!/bin/sh
# Asks whether the files of this kit do what they are for. Changes nothing and connects to nothing.
# CROSSTRUST names the program, where it is not on the PATH.
set -u
cd "$(dirname "$0")" || exit 2
: "${CROSSTRUST:=crosstrust}"
failed=0

say() {
    if [ "$1" = 0 ]; then echo "ok      $2"; else echo "FAILED  $2"; failed=1; fi
}

authority() {
    "$CROSSTRUST" extract-ca "$1" > /dev/null
    say $? "$1 holds a CA"
    ! grep -q 'PRIVATE KEY' "$1"
    say $? "$1 holds no private key"
}

loads() {
    "$CROSSTRUST" restrictions lint "$1" > /dev/null
    say $? "$1 can be loaded, and nothing in it is an error"
}

admits() {
    "$CROSSTRUST" restrictions match --file "$1" "$2" > /dev/null
    say $? "$1 lets in $2"
}

refuses() {
    "$CROSSTRUST" restrictions match --file "$1" "$2" > /dev/null
    [ $? = 1 ]
    say $? "$1 keeps out $2"
}
"#;
const NOTHING: &str =
    "\necho 'ok      nothing to ask: the kit has neither a CA nor restrictions'\n";
const TAIL: &str = "\nexit $failed\n";
