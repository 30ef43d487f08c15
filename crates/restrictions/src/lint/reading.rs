//! Reads a file for its check, and on past what can be mended.

use super::Marked;
use super::patch::Edit;
use super::patch::Patch;
use super::remark::Remark;
use super::repair;
use super::repair::Repair;
use crate::document::Format;
use crate::error::Error;
use crate::loaded::Loaded;
use crate::rules;

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
}

impl Reading {
    pub(super) fn of(file_name: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut reading = Self { text, patch: Patch::default(), loaded: None, faults: Vec::new() };
        let mut name = file_name;
        if let Err(error) = Format::of(file_name) {
            // Whatever it is called, it is most likely YAML.
            name = "unknown.yml";
            reading.refuse(Some(error));
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => reading.read(name),
            Err(_) => reading.refuse(Loaded::parse(name, bytes).err()),
        }
        reading
    }

    fn read(&mut self, name: &str) {
        let mut mended = self.text.clone();
        // Each repair costs another reading, so a large file is granted fewer.
        let affordable = MOST_READ.checked_div(mended.len()).unwrap_or(MOST_REPAIRS);
        for _ in 0..affordable.clamp(2, MOST_REPAIRS) {
            match Loaded::parse(name, mended.as_bytes()) {
                Ok(loaded) => self.loaded = Some(loaded),
                Err(error) => {
                    let repairs = repair::repairs(&mended, &error);
                    if !repairs.is_empty() {
                        self.repair(repairs);
                        mended = self.patch.apply(&self.text);
                        continue;
                    }
                    self.refuse(Some(error));
                }
            }
            return;
        }
        self.refuse(Loaded::parse(name, mended.as_bytes()).err());
    }

    /// Says what is wrong, after which nothing more can be read.
    fn refuse(&mut self, error: Option<Error>) {
        let Some(error) = error else { return };
        let mut remark = Remark::new(rules::of_fault(error.kind()), error.kind().to_string());
        remark.help = error.help();
        remark.place = error.place();
        self.faults.push(Marked::new(remark, &self.patch));
    }

    /// Says what is wrong, and mends it.
    fn repair(&mut self, repairs: Vec<Repair>) {
        let mut edits: Vec<Edit> = Vec::new();
        for Repair { kind, place, edit } in repairs {
            edits.push(edit.clone());
            let mut remark = Remark::new(rules::of_fault(&kind), kind.to_string());
            remark.help = kind.help();
            let remark = remark.at(place).with_fix(Some(edit));
            self.faults.push(Marked::new(remark, &self.patch));
        }
        self.patch = self.patch.then(&edits);
    }
}

/// How often a file is read again after a repair.
const MOST_REPAIRS: usize = 100;

/// How many bytes are read in all readings of a file together, but for the first two.
const MOST_READ: usize = 24 << 20;
