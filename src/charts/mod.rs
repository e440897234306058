//! Drawings for pages: from small inputs to SVG and HTML, with nothing of the model in them.
//!
//! Positions are `f64` and only for drawing; what is not finite counts as missing. Every number that is read comes as text
//! that the caller has written exactly. Lengths are percentages of the width, so text keeps its size on a phone, wraps, and
//! never collides. There are no ids and no inline styles: the classes begin with `ch-` and are section 12 of the theme's
//! stylesheet. Whoever draws gives a sentence that says the same (`label`).

pub mod exchange;
pub mod funnel;
pub mod gauge;
pub mod governance;
pub mod history;
pub mod matrix;
pub mod renewals;
pub mod risks;
pub mod scores;
pub mod sparkline;
pub mod timeline;

mod draw;
mod parts;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

/// Text as it is shown, not escaped yet: borrowed, or made for the occasion.
pub type Text<'a> = Cow<'a, str>;

/// How something stands. Each has a colour, a shape and a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// A disc.
    Green,
    /// A triangle.
    Yellow,
    /// A cross.
    Red,
    /// A small grey dot: nothing to judge by.
    #[default]
    Grey,
}

impl Status {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Grey => "no status",
        }
    }
}

/// A place on an axis that has a name.
#[derive(Debug, Clone, Default)]
pub struct Tick<'a> {
    /// Where, in the units of its axis.
    pub at: f64,
    /// Its name, a short one.
    pub label: Text<'a>,
}
