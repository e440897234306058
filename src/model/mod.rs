//! The domain, typed: what a partner, a review, an issue, a playbook and the settings may say.
//!
//! Every struct here is a [`record!`](crate::record): its fields are the keys that people write, its doc comments their
//! descriptions. Nothing here reads files or knows what a page is.

pub mod agreement;
mod describe;
pub mod fx;
pub mod governance;
pub mod issue;
pub mod kpi;
pub mod measuring;
pub mod metrics;
pub mod page;
pub mod partner;
pub mod period;
pub mod plan;
pub mod playbook;
pub mod review;
pub mod schema;
pub mod settings;
pub mod settings_file;
pub mod values;
