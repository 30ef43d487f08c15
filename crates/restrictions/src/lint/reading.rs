//! Reads a file for its check, and on past what can be mended.

use super::Marked;
use super::detour;
use super::fault::Fault;
use super::fault::Repair;
use super::repair;
use crate::error;
use crate::examine::Edit;
use crate::examine::Patch;
use crate::examine::Remark;
use crate::loaded::Loaded;
use crate::rules;
use crosstrust_settings::Error;
use crosstrust_settings::Format;

/// A file as it was read, and what was said and mended on the way.
#[derive(Debug)]
pub(super) struct Reading {
    /// The text of the file, with replacement characters where it is not UTF-8.
    pub(super) text: String,
    /// What was mended before it could be read.
    pub(super) patch: Patch,
    /// What it means, if it could be read in the end.
    pub(super) loaded: Option<Loaded>,
    /// The faults, at places of the text.
    pub(super) faults: Vec<Marked>,
    /// Stretches of the text that were left out or stood in for, of which no more is said.
    skipped: Vec<(usize, usize)>,
}

impl Reading {
    pub(super) fn of(file_name: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut reading = Self {
            text,
            patch: Patch::default(),
            loaded: None,
            faults: Vec::new(),
            skipped: Vec::new(),
        };
        let mut name = file_name;
        if let Err(error) = Format::of(file_name) {
            // Whatever it is called, it is most likely YAML.
            name = "unknown.yml";
            reading.refuse(Some(error));
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => reading.read(name),
            Err(_) => reading.refuse(Loaded::read(name, bytes).err()),
        }
        reading
    }

    fn read(&mut self, name: &str) {
        let mut mended = self.text.clone();
        let mut last = None;
        // Each repair costs another reading, so a large file is granted fewer.
        let affordable = MOST_READ.checked_div(mended.len()).unwrap_or(MOST_REPAIRS);
        for _ in 0..affordable.clamp(2, MOST_REPAIRS) {
            match Loaded::read(name, mended.as_bytes()) {
                Ok(loaded) => self.loaded = Some(loaded),
                Err(error) => {
                    let repairs = repair::repairs(&mended, &error);
                    let edits = if repairs.is_empty() {
                        if last.as_ref() == Some(&error) {
                            return;
                        }
                        last = Some(error.clone());
                        let detour = detour::detour(&mended, &error);
                        self.refuse(Some(error));
                        self.skip(&detour);
                        detour
                    } else {
                        self.repair(repairs, error.format())
                    };
                    if !edits.is_empty() {
                        self.patch = self.patch.then(&edits);
                        mended = self.patch.apply(&self.text);
                        continue;
                    }
                }
            }
            return;
        }
        self.refuse(Loaded::read(name, mended.as_bytes()).err());
    }

    /// Says what is wrong, after which nothing more can be read.
    fn refuse(&mut self, error: Option<Error>) {
        let Some(error) = error else { return };
        let mut remark = Remark::new(rules::of_fault(error.kind()), error.kind().to_string());
        remark.help = error::help(error.kind(), error.format());
        remark.place = error.place();
        self.faults.push(Marked::new(remark, &self.patch));
    }

    /// Says what is wrong, and mends it.
    fn repair(&mut self, repairs: Vec<Repair>, format: Format) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        for Repair { fault, place, edit } in repairs {
            edits.push(edit.clone());
            let remark = match fault {
                Fault::Read(kind) => {
                    let remark = Remark::new(rules::of_fault(&kind), kind.to_string());
                    Remark { help: error::help(&kind, format), ..remark }
                }
                Fault::Rule(rule, message) => Remark::new(rule, message),
            };
            let remark = remark.at(place).with_fix(Some(edit));
            self.faults.push(Marked::new(remark, &self.patch));
        }
        edits
    }

    /// Notes what is left out.
    fn skip(&mut self, edits: &[Edit]) {
        let original = |offset| self.patch.original_offset(offset);
        let stretches = edits.iter().map(|edit| (original(edit.start), original(edit.end)));
        self.skipped.extend(stretches.collect::<Vec<_>>());
    }

    /// Whether more can be said of a place than that it cannot be read.
    pub(super) fn is_read(&self, place: Option<(usize, usize)>) -> bool {
        let Some((start, end)) = place else { return self.skipped.is_empty() };
        !self.skipped.iter().any(|&(from, to)| start <= to && from <= end)
    }
}

/// How often a file is read again after a repair.
const MOST_REPAIRS: usize = 100;

/// How many bytes are read in all readings of a file together, but for the first two.
const MOST_READ: usize = 24 << 20;
