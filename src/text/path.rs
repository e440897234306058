//! Paths inside a workspace or a site: relative, with `/` between their parts, never leaving their root.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What must be encoded in the path of a URL, so that it works in an attribute, from `file://` and from a web server.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The path percent-encoded for a URL. Non-ASCII letters are encoded too, so that every server and disk agrees.
pub fn encode(path: &str) -> String {
    // Most paths need nothing, and there is one in every link of every page.
    if path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_')) {
        return path.to_owned();
    }
    utf8_percent_encode(path, PATH).to_string()
}

/// A fragment (`#…`) percent-encoded for a URL; non-ASCII letters stay readable in the browser's address bar all the same.
pub fn encode_fragment(id: &str) -> String {
    utf8_percent_encode(id, PATH).to_string()
}

/// `text` with its percent escapes undone; as it is where they are not UTF-8.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// The folder of a path: `a/b.md` → `a`, `b.md` → the empty path.
pub fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rfind('/').map_or(path, |at| &path[at + 1..])
}

/// The last part of a path without its extension.
pub fn stem(path: &str) -> &str {
    let name = file_name(path);
    match name.rfind('.') {
        Some(at) if at > 0 => &name[..at],
        _ => name,
    }
}

/// The extension in lower case, without the dot; empty where there is none.
pub fn extension(path: &str) -> String {
    let name = file_name(path);
    match name.rfind('.') {
        Some(at) if at > 0 => name[at + 1..].to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// `relative` seen from `folder`, with `.` and `..` resolved; a leading `/` starts at the root. `None` when it leaves the root.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = match relative.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The way from the page at `path` back to the top of the site: `""`, `"../"`, `"../../"` …
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_never_leaves_the_root() {
        assert_eq!(join("partners/acme", "../beta/index.md").as_deref(), Some("partners/beta/index.md"));
        assert_eq!(join("partners", "/library/a.md").as_deref(), Some("library/a.md"));
        assert_eq!(join("partners", "../../etc/passwd"), None);
        assert_eq!(join("", "./x//y").as_deref(), Some("x/y"));
    }

    #[test]
    fn names_and_extensions() {
        assert_eq!((stem("a/b.c.md"), extension("a/B.MD").as_str()), ("b.c", "md"));
        assert_eq!((stem(".hidden"), extension(".hidden").as_str()), (".hidden", ""));
    }

    #[test]
    fn encodes_what_a_url_cannot_hold() {
        assert_eq!(encode("a b/50%\"ä.html"), "a%20b/50%25%22%C3%A4.html");
        assert_eq!(decode("a%20b%C3%A4"), "a bä");
        assert_eq!(decode("%ff"), "%ff");
    }
}
