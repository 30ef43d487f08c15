//! Finds and loads a PKCS#11 module.

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};

use super::uri::TokenUri;
use super::words::Trouble;
use crate::input::{is_file, is_folder, variable};

/// The module that a URI names, loaded and ready.
pub(super) fn load(uri: &TokenUri) -> Result<Pkcs11, Trouble> {
    let path = path(uri)?;
    let module = Pkcs11::new(&path).map_err(|error| not_loaded(&path, error))?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => {
            let Trouble { what, .. } = error.into();
            let what = format!("the module {path} does not start: {what}");
            return Err(Trouble::new(what).hint("see that its configuration is right"));
        }
    }
    is_meant(&module, uri, &path)?;
    Ok(module)
}

/// The file of the module: that of `module-path`, else that of `module-name`, else what the environment
/// names, else p11-kit's, which hands on all modules that it knows.
fn path(uri: &TokenUri) -> Result<String, Trouble> {
    let TokenUri { module_path, module_name, .. } = uri;
    if let Some(path) = module_path.as_deref().filter(|path| !is_folder(path)) {
        if !is_file(path) {
            return Err(Trouble::new(format!("there is no module {path}")).hint(HINT));
        }
        // The loader looks for a name without a slash in folders of its own.
        let plain = !path.contains('/');
        return Ok(if plain { format!("./{path}") } else { path.to_owned() });
    }
    let folders = match module_path.as_deref() {
        Some(folder) => vec![folder],
        None => FOLDERS.to_vec(),
    };
    if let Some(name) = module_name {
        let files = [format!("lib{name}.so"), format!("{name}.so"), format!("{name}.dylib")];
        return find(&folders, &files).ok_or_else(|| {
            let places = folders.join(", ");
            let what = format!("there is no module `{name}` in any of {places}");
            Trouble::new(what).hint(HINT)
        });
    }
    if let Some(folder) = module_path {
        let what = format!("`module-path` is the folder {folder}, without `module-name`");
        return Err(Trouble::new(what).hint(HINT));
    }
    if let Some(path) = variable(VARIABLE).filter(|path| !path.is_empty()) {
        if is_file(&path) {
            return Ok(path);
        }
        return Err(Trouble::new(format!("{VARIABLE} names no module: {path}")).hint(HINT));
    }
    let proxy = find(&folders, &[PROXY.to_owned()]);
    proxy.ok_or_else(|| {
        Trouble::new(format!("no PKCS#11 module is named, and there is no {PROXY}")).hint(HINT)
    })
}

fn find(folders: &[&str], files: &[String]) -> Option<String> {
    let paths = folders.iter().flat_map(|folder| {
        files.iter().map(move |file| format!("{}/{file}", folder.trim_end_matches('/')))
    });
    paths.into_iter().find(|path| is_file(path))
}

fn not_loaded(path: &str, error: Error) -> Trouble {
    let what = match error {
        Error::LibraryLoading(error) => {
            let mut text = error.to_string();
            if let Some(source) = std::error::Error::source(&error) {
                text = format!("{text}: {source}");
            }
            format!("the module {path} cannot be loaded: {text}")
        }
        Error::MissingSymbol(symbol) => format!("{path} is no PKCS#11 module: it lacks {symbol}"),
        other => format!("the module {path} cannot be used: {}", Trouble::from(other).what),
    };
    Trouble::new(what).hint(HINT)
}

/// Refuses a module that is another one than the URI says.
fn is_meant(module: &Pkcs11, uri: &TokenUri, path: &str) -> Result<(), Trouble> {
    let wanted = &uri.library;
    if *wanted == super::uri::LibraryAttributes::default() {
        return Ok(());
    }
    let info = module.get_library_info()?;
    let version = (info.library_version().major(), info.library_version().minor());
    let is_same = |asked: &Option<String>, is: &str| {
        asked.as_deref().is_none_or(|asked| asked.trim_end() == is.trim_end())
    };
    if is_same(&wanted.manufacturer, info.manufacturer_id())
        && is_same(&wanted.description, info.library_description())
        && wanted.version.is_none_or(|asked| asked == version)
    {
        return Ok(());
    }
    let what = format!(
        "the module {path} is `{}` by `{}`, version {}.{}, which is not what the URI asks for",
        info.library_description(),
        info.manufacturer_id(),
        version.0,
        version.1
    );
    Err(Trouble::new(what).hint("leave library-… out of the URI, or name another module"))
}

const VARIABLE: &str = "PKCS11_MODULE_PATH";
const PROXY: &str = "p11-kit-proxy.so";
/// Where distributions put modules.
const FOLDERS: [&str; 15] = [
    "/usr/lib/x86_64-linux-gnu/pkcs11",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/x86_64-linux-gnu/softhsm",
    "/usr/lib/aarch64-linux-gnu/pkcs11",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu/softhsm",
    "/usr/lib64/pkcs11",
    "/usr/lib64",
    "/usr/lib/pkcs11",
    "/usr/lib/softhsm",
    "/usr/lib",
    "/usr/local/lib/pkcs11",
    "/usr/local/lib/softhsm",
    "/usr/local/lib",
    "/opt/homebrew/lib",
];
const HINT: &str = "name the file of the module in the URI, such as ?module-path=/usr/lib/softhsm/libsofthsm2.so, or \
     in the environment variable PKCS11_MODULE_PATH, or install p11-kit";
