//! Files that are copied as they are: sent from disk, piece by piece, whole or a part of them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::{Answer, Ask, Body, headers, kind_of, names};

/// The answer for a file that the site lists.
pub fn answer(root: &Path, path: &str, ask: &Ask<'_>) -> Answer {
    let Some((file, tag, length)) = real(root, path).and_then(|real| open(&real)) else {
        return Answer::text(404, "This file is not there any more, or leads out of the workspace.\n");
    };
    let head = |status: u16, body: Body| {
        let answer = Answer { status, headers: headers(&kind_of(path), "no-cache"), body };
        answer.with("ETag", tag.clone()).with("Accept-Ranges", "bytes")
    };
    if ask.if_none_match.is_some_and(|known| names(known, &tag)) {
        return head(304, Body::Bytes(Vec::new()));
    }
    // A part of another version would not fit what the browser has.
    let fits = ask.if_range.is_none_or(|known| known.trim() == tag);
    match ask.range.filter(|_| fits).map_or(Part::Whole, |range| part(range, length)) {
        Part::Whole => head(200, Body::File(file, 0, length)),
        Part::Nothing => head(416, Body::Bytes(Vec::new())).with("Content-Range", format!("bytes */{length}")),
        Part::Bytes(from, to) => {
            head(206, Body::File(file, from, to - from + 1)).with("Content-Range", format!("bytes {from}-{to}/{length}"))
        }
    }
}

/// Where a file of the workspace really is; `None` when it has come to lead out of it.
fn real(root: &Path, path: &str) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    root.join(path).canonicalize().ok().filter(|real| real.starts_with(&root))
}

/// A file with its tag and its length. What is no file, such as a pipe, would be waited for for ever.
fn open(path: &Path) -> Option<(File, String, u64)> {
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let file = File::open(path).ok()?;
    let meta = file.metadata().ok()?;
    let time = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |time| time.as_nanos());
    Some((file, format!("\"{time:x}-{:x}\"", meta.len()), meta.len()))
}

/// What is asked for of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it; also where the question is not understood, or asks for several parts.
    Whole,
    /// From this byte to that one.
    Bytes(u64, u64),
    /// Bytes that it does not have.
    Nothing,
}

fn part(range: &str, length: u64) -> Part {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let Some((from, to)) = range.trim().strip_prefix("bytes=").and_then(|part| part.split_once('-')) else { return Part::Whole };
    let (from, to) = match (from, to) {
        ("", most) => match number(most) {
            None => return Part::Whole,
            Some(most) => (length.saturating_sub(most), u64::MAX),
        },
        (from, to) => match (number(from), if to.is_empty() { Some(u64::MAX) } else { number(to) }) {
            (Some(from), Some(to)) if from <= to => (from, to),
            _ => return Part::Whole,
        },
    };
    if from < length { Part::Bytes(from, to.min(length - 1)) } else { Part::Nothing }
}

#[cfg(test)]
mod tests {
    use super::Part::{Bytes, Nothing, Whole};
    use super::part;

    #[test]
    fn parts_of_a_file() {
        assert_eq!(part("bytes=0-9", 100), Bytes(0, 9));
        assert_eq!(part("bytes=90-", 100), Bytes(90, 99));
        assert_eq!(part("bytes=-10", 100), Bytes(90, 99));
        assert_eq!(part("bytes=-1000", 100), Bytes(0, 99));
        assert_eq!(part("bytes=50-1000", 100), Bytes(50, 99));
        for none in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(part(none, 100), Nothing, "{none}");
        }
        assert_eq!((part("bytes=0-", 0), part("bytes=-5", 0)), (Nothing, Nothing));
        for odd in
            ["bytes=9-0", "bytes=a-b", "bytes=0-1,5-6", "bytes=-", "lines=0-9", "bytes=", "bytes=+1-2", "bytes=99999999999999999999-"]
        {
            assert_eq!(part(odd, 100), Whole, "{odd}");
        }
    }
}
