//! A workspace: from files to typed documents to one resolved model in which every link knows where it leads.
//!
//! `snapshot` lists the files, `document` reads one of them, `resolve` puts them together.

pub mod classify;
pub mod document;
pub mod forums;
pub mod index;
pub mod kpis;
pub mod links;
pub mod lists;
pub mod model;
pub mod patch;
pub mod people;
pub mod quarters;
pub mod references;
pub mod resolve;
pub mod snapshot;

pub use model::{PageId, PageKind, PageRef, PartnerEntry, PartnerId, Workspace};
