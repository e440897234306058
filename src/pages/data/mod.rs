//! Files for machines, one a module. `docs/data.md` is the interface that they keep.

use rayon::prelude::*;

use crate::content::markdown::escape;

mod calendar;
mod feed;
mod ics;
mod kpis;
mod measures;
mod numbers;
mod partners;
mod sitemap;

pub use calendar::{KINDS, calendar};
pub use feed::feed;
pub use kpis::{COLUMNS, kpis_csv};
pub use partners::{VERSION, partner_value, partners_json};
pub use sitemap::{SITEMAP_MOST, sitemap, sitemap_part};

/// So many partners are written by one core at a time.
const CHUNK: usize = 128;

/// A file whose parts are written in parallel, and stand in it in their order.
fn in_chunks<T: Sync>(mut start: Vec<u8>, parts: &[T], end: &[u8], write: impl Fn(&mut Vec<u8>, &T) + Sync) -> Vec<u8> {
    let chunks: Vec<Vec<u8>> = parts
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut out = Vec::new();
            for part in chunk {
                write(&mut out, part);
            }
            out
        })
        .collect();
    start.reserve_exact(chunks.iter().map(Vec::len).sum::<usize>() + end.len());
    for chunk in chunks {
        start.extend_from_slice(&chunk);
    }
    start.extend_from_slice(end);
    start
}

/// Text for XML: escaped, and without the control characters that XML cannot hold.
fn xml(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    escape(&plain)
}
