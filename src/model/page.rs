//! Any other Markdown page.

use super::partner::Visibility;
use crate::record;

record! {
    /// The front matter of a page that is neither a partner, a review nor an issue.
    pub struct PageMeta extra x {
        /// The title; the first heading or the file's name where it is left out.
        title: Option<String>,
        /// Another name for wiki links; the address of the page stays that of the file.
        id: Option<String>,
        /// Other names that links may use.
        aliases: Vec<String>,
        /// One sentence on the page, shown in lists.
        summary: Option<String>,
        /// The place of the page in its folder, a whole number; pages without one come after, by title.
        order: Option<u32>,
        /// Who may see the page; not applied yet.
        visibility: Option<Visibility>,
        /// Yes keeps this file's page off the site.
        draft: Option<bool>,
        /// Addresses that the page had, such as `old/plan.md`; they will lead to the new one.
        redirect_from: Vec<String> = OldAddress,
    }
}
