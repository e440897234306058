//! What each page shows: views of the workspace as the values that templates receive. `docs/templates.md` documents them.

pub mod data;
pub mod diagrams;
pub mod drawings;
pub mod figures;
pub mod home;
pub mod html;
pub mod issue;
pub mod kpis;
pub mod lifecycle;
pub mod lists;
pub mod names;
pub mod page;
pub mod partner;
pub mod partners;
pub mod parts;
pub mod people;
pub mod playbook;
pub mod prose;
pub mod review;
pub mod scorecard;
pub mod section;
pub mod sections;
pub mod terms;
pub mod value;
pub mod values;
