//! Any other Markdown page.

use super::partner::Visibility;
use crate::record;

record! {
    /// The front matter of a page that is neither a partner, a review nor an issue.
    pub struct PageMeta extra x {
        /// The title; the first heading or the file's name where it is left out.
        title: Option<String>,
        /// Another id than the file's name, for wiki links.
        id: Option<String>,
        /// Other names that links may use.
        aliases: Vec<String>,
        /// One sentence.
        summary: Option<String>,
        /// Its place among the pages of its folder; those without a number come after, by title.
        order: Option<u32>,
        /// Who may see the page.
        visibility: Option<Visibility>,
        /// True keeps it off the site.
        draft: Option<bool>,
        /// Addresses that lead here.
        redirect_from: Vec<String>,
    }
}
