//! Tokens for tests: those of `SoftHSM`, each in a scratch folder, looked at with `OpenSC`.

use std::fs;
use std::path::Path;

use crosstrust_testkit::{Ended, Folder, Run, Tool, missing, tool};

/// A folder with tokens in it.
pub(super) struct SoftToken {
    pub(super) folder: Folder,
    module: &'static str,
    pkcs11_tool: Tool,
}

impl SoftToken {
    /// A folder with the token `ca`, whose PIN is in the file `pin`; nothing without the judges.
    #[track_caller]
    pub(super) fn new() -> Option<Self> {
        let (util, pkcs11_tool) = (tool("softhsm2-util")?, tool("pkcs11-tool")?);
        let module = installed(&MODULES, "libsofthsm2.so")?;
        let folder = Folder::new();
        fs::create_dir(folder.join("tokens")).unwrap();
        let directory = folder.join("tokens");
        folder.write("softhsm2.conf", format!("directories.tokendir = {}\n", directory.display()));
        folder.write("pin", "123456\n");
        folder.write("wrong-pin", "654321\n");
        let one = Self { folder, module, pkcs11_tool };
        one.initialize(&util, "ca");
        Some(one)
    }

    /// A further token.
    #[track_caller]
    pub(super) fn initialize(&self, util: &Tool, label: &str) {
        let arguments = ["--init-token", "--free", "--label", label];
        let pins = ["--pin", "123456", "--so-pin", "87654321"];
        self.prepared(util.with(arguments).args(pins)).run().succeeds();
    }

    /// A run in the folder that finds the tokens.
    pub(super) fn prepared(&self, run: Run) -> Run {
        run.folder(self.folder.path()).env("SOFTHSM2_CONF", self.folder.join("softhsm2.conf"))
    }

    /// Runs crosstrust.
    #[track_caller]
    pub(super) fn run(&self, arguments: &[&str]) -> Ended {
        self.prepared(crate::crosstrust(&self.folder, arguments)).run()
    }

    /// Runs crosstrust with a module that writes each call into the file `calls`.
    pub(super) fn spied(&self, arguments: &[&str]) -> Run {
        self.prepared(crate::crosstrust(&self.folder, arguments))
            .env("PKCS11SPY", self.module)
            .env("PKCS11SPY_OUTPUT", self.folder.join("calls"))
    }

    /// How often a function was called in spied runs.
    #[track_caller]
    pub(super) fn calls(&self, function: &str) -> usize {
        let calls = self.folder.read_text("calls");
        // `12: C_Login`, and the time in the next line.
        let is_call = |line: &&str| {
            line.split_once(": ").is_some_and(|(number, name)| {
                name == function && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        calls.lines().filter(is_call).count()
    }

    /// The file of the module.
    pub(super) fn module(&self) -> &'static str {
        self.module
    }

    /// What pkcs11-tool prints.
    #[track_caller]
    pub(super) fn tool(&self, arguments: &[&str]) -> String {
        let run = self.pkcs11_tool.with(["--module", self.module]).args(arguments);
        self.prepared(run).run().succeeds().text().to_owned()
    }

    /// The same after a login.
    #[track_caller]
    pub(super) fn tool_with_pin(&self, arguments: &[&str]) -> String {
        let login = ["--token-label", "ca", "--login", "--pin", "123456"];
        self.tool(&[&login[..], arguments].concat())
    }

    /// Makes a pair of keys with pkcs11-tool.
    #[track_caller]
    pub(super) fn make(&self, label: &str, id: &str, kind: &str, more: &[&str]) {
        let pair = ["--keypairgen", "--key-type", kind, "--label", label, "--id", id];
        self.tool_with_pin(&[&pair[..], more].concat());
    }

    /// The URI of a key of the token `ca`, without a PIN.
    pub(super) fn uri_without_pin(&self, label: &str) -> String {
        format!("pkcs11:token=ca;object={label};type=private?module-path={}", self.module)
    }

    /// The URI of a key of the token `ca`.
    pub(super) fn uri(&self, label: &str) -> String {
        format!("{}&pin-source=pin", self.uri_without_pin(label))
    }

    /// Whether the token counts wrong PINs, as pkcs11-tool sees it.
    #[track_caller]
    pub(super) fn counts_wrong_pins(&self) -> bool {
        self.tool(&["--list-slots"]).contains("user PIN count low")
    }
}

/// The module that writes down what is called; nothing if it is not installed.
#[track_caller]
pub(super) fn spy() -> Option<&'static str> {
    installed(&SPIES, "pkcs11-spy.so")
}

#[track_caller]
fn installed(places: &[&'static str], what: &str) -> Option<&'static str> {
    let found = places.iter().find(|path| Path::new(path).is_file()).copied();
    if found.is_none() {
        missing(&format!("{what} is in none of {places:?}"));
    }
    found
}

const MODULES: [&str; 5] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];
const SPIES: [&str; 5] = [
    "/usr/lib/x86_64-linux-gnu/pkcs11-spy.so",
    "/usr/lib/aarch64-linux-gnu/pkcs11-spy.so",
    "/usr/lib/pkcs11-spy.so",
    "/usr/lib64/pkcs11-spy.so",
    "/usr/lib64/pkcs11/pkcs11-spy.so",
];
