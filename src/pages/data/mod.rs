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
const CHUNK: usize = 64;

/// A file whose parts are written in parallel, and stand in it in their order. It is put together while it is written, some
/// chunks for each core at a time: for ten thousand partners the whole twice would be most of the memory of a build.
fn in_chunks<T: Sync>(mut out: Vec<u8>, parts: &[T], end: &[u8], write: impl Fn(&mut Vec<u8>, &T) + Sync) -> Vec<u8> {
    let mut left = parts.len();
    for wave in parts.chunks(CHUNK * 4 * rayon::current_num_threads().max(1)) {
        let before = out.len();
        let chunks: Vec<Vec<u8>> = wave
            .par_chunks(CHUNK)
            .map(|chunk| {
                let mut out = Vec::new();
                for part in chunk {
                    write(&mut out, part);
                }
                out
            })
            .collect();
        for chunk in chunks {
            out.extend_from_slice(&chunk);
        }
        left -= wave.len();
        // About as much for each of the others.
        out.reserve((out.len() - before) / wave.len() * left);
    }
    out.extend_from_slice(end);
    out
}

/// Text for XML: escaped, and without the control characters that XML cannot hold.
fn xml(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    escape(&plain)
}
