//! Paths, spans and words: what everything else is written in.

pub mod edit;
pub mod hash;
pub mod lines;
pub mod path;
pub mod plain;
pub mod slug;
pub mod suggest;

/// A byte range of a source file. Both ends lie on character boundaries.
pub type Span = std::ops::Range<usize>;

/// Words for a sentence: `a`, `a or b`, `a, b or c`, with the word between the last two.
pub fn list(words: &[impl AsRef<str>], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., end] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}

/// A number with its word: `1 finding`, `2 findings`.
pub fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// What is written; `None` where that is nothing.
pub fn written(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// Texts behind each other, as `format!` writes them. It is made in one piece, so it costs a quarter of that, and a page has
/// hundreds.
macro_rules! join {
    ($($text:expr),+ $(,)?) => { [$(AsRef::<str>::as_ref(&$text)),+].concat() };
}
pub(crate) use join;
