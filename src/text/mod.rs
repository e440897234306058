//! Paths, spans and words: what everything else is written in.

pub mod lines;
pub mod path;
pub mod slug;
pub mod suggest;

/// A byte range of a source file. Both ends lie on character boundaries.
pub type Span = std::ops::Range<usize>;
