//! The connection that `remote verify` looks at, where a file plans one.

use std::path::Path;

use crosstrust_remote::{Connection, RemoteInfo};
use crosstrust_report::Report;

use crate::context::Context;
use crate::failure::Failure;
use crate::material::connection;

/// A connection and where its file is.
pub(super) struct Planned {
    pub(super) connection: Connection,
    /// The folder that its paths start from.
    folder: String,
}

impl Planned {
    pub(super) fn read(path: &str, context: &mut Context) -> Result<Self, Failure> {
        let connection = connection::read(path, context)?.1;
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        Ok(Self { connection, folder: folder.to_string_lossy().into_owned() })
    }

    /// The findings of `GET /_remote/info`: of all remote clusters, where none is planned.
    pub(super) fn judge(planned: Option<&Self>, info: &RemoteInfo, path: &str) -> Report {
        let authorities = planned.map(Self::remote_authorities).unwrap_or_default();
        let connection = planned.map(|planned| &planned.connection);
        crosstrust_remote::verify(info, connection, &authorities, path)
    }

    /// The settings of a local node.
    pub(super) fn local_settings(&self) -> Option<String> {
        self.connection.local.elasticsearch_yml.as_ref().map(|path| self.below(path))
    }

    /// The files with the CAs of the remote cluster.
    fn remote_authorities(&self) -> Vec<String> {
        self.connection.remote.ca.iter().map(|path| self.below(path)).collect()
    }

    fn below(&self, path: &String) -> String {
        Path::new(&self.folder).join(path).to_string_lossy().into_owned()
    }
}
