//! Files for machines, one a module. `docs/data.md` is the interface that they keep.

use std::io;

use rayon::prelude::*;

use crate::content::markdown::escape;

mod calendar;
mod feed;
mod findings;
mod ics;
mod kpis;
mod measures;
mod numbers;
mod partners;
mod portfolio;
mod sitemap;

pub use calendar::{KINDS, calendar};
pub use feed::feed;
pub use findings::{FINDINGS_VERSION, findings_json};
pub use kpis::{COLUMNS, kpis_csv};
pub use partners::{VERSION, partner_value, partners_json};
pub use sitemap::{SITEMAP_MOST, sitemap, sitemap_part};

/// So many partners are written by one core at a time.
const CHUNK: usize = 128;
/// So many chunks are in memory at a time.
const CHUNKS: usize = 8;

/// Takes a file piece by piece: the whole of one may be too large for the memory.
pub type Sink<'s> = dyn FnMut(&[u8]) -> io::Result<()> + 's;

/// Writes a file whose parts are made in parallel, and stand in it in their order.
fn in_chunks<T: Sync>(
    sink: &mut Sink<'_>,
    start: &[u8],
    parts: &[T],
    end: &[u8],
    write: impl Fn(&mut Vec<u8>, &T) + Sync,
) -> io::Result<()> {
    sink(start)?;
    for parts in parts.chunks(CHUNK * CHUNKS) {
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
        for chunk in chunks {
            sink(&chunk)?;
        }
    }
    sink(end)
}

/// Text for XML: escaped, and without the control characters that XML cannot hold.
fn xml(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect();
    escape(&plain)
}
