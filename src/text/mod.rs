//! Paths, spans and words: what everything else is written in.

pub mod lines;
pub mod path;
pub mod slug;
pub mod suggest;

/// A byte range of a source file. Both ends lie on character boundaries.
pub type Span = std::ops::Range<usize>;

/// Texts behind each other, as `format!` writes them. It is made in one piece, so it costs a quarter of that, and a page has
/// hundreds.
macro_rules! join {
    ($($text:expr),+ $(,)?) => { [$(AsRef::<str>::as_ref(&$text)),+].concat() };
}
pub(crate) use join;
