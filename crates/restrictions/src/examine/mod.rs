//! What rules look at and what they say: a file with what is known besides it, remarks, changes.

mod known;
mod patch;
mod remark;
mod subject;

pub(crate) use known::Holder;
pub(crate) use known::Known;
pub(crate) use patch::Edit;
pub(crate) use patch::Patch;
pub(crate) use remark::Remark;
pub(crate) use remark::Remarks;
pub(crate) use subject::Subject;
