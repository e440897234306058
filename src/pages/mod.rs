//! What each page shows: views of the workspace as the values that templates receive. `docs/templates.md` documents them.

pub mod data;
pub mod home;
pub mod issue;
pub mod kpis;
pub mod lists;
pub mod page;
pub mod partner;
pub mod partners;
pub mod people;
pub mod playbook;
pub mod prose;
pub mod review;
pub mod sections;
pub mod terms;
pub mod value;
