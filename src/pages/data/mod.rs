//! Files for machines, one a module. `docs/data.md` is the interface that they keep.

use crate::content::markdown::escape;

mod feed;
mod partners;
mod sitemap;

pub use feed::feed;
pub use partners::{PartnerRecord, VERSION, partners_json, record};
pub use sitemap::{SITEMAP_MOST, sitemap, sitemap_part};

/// Text for XML: escaped, and without the control characters that XML cannot hold.
fn xml(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    escape(&plain)
}
