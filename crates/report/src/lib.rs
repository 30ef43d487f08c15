//! Findings: one vocabulary, and its printers for people and machines.
