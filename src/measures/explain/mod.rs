//! How a number came about: its formula, the formula with the numbers put in, and where each input is written.
//!
//! [`OfPartner`] explains the numbers of one partner, [`OfPortfolio`] those of all partners together. Both only tell what
//! the measures have computed; nothing is decided here. Numbers are shown in the words of [`words`](super::words),
//! so they are rounded where pages round them, while what is computed from them is not.

mod dates;
mod health;
mod kpi;
mod lines;
mod portfolio;
mod returns;
mod score;
mod series;
mod sources;
pub mod topics;
mod trend;
mod wording;

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

pub use portfolio::OfPortfolio;

use super::context::Context;
use super::{Measures, PartnerMeasures};
use crate::workspace::{PartnerEntry, Workspace};

/// Why a number is what it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// What is explained: `Revenue generated in Q2 2026`.
    pub title: String,
    /// The number with its word, as pages show it; where there is none, why.
    pub result: String,
    /// How it is computed, in words; empty where nothing is.
    pub formula: String,
    /// The same with the numbers put in: `450,000 ÷ 500,000 = 90 %`; empty where nothing is computed.
    pub worked: String,
    /// What went in.
    pub inputs: Vec<Input>,
    /// Inputs that were computed themselves, in the same order, and what else follows from them.
    pub parts: Vec<Explanation>,
    /// What else one should know: what was left out, and why.
    pub notes: Vec<String>,
    /// The place of the KPI whose own explanation says how this is computed; see [`OfPartner::side_by_side`].
    #[serde(skip)]
    pub elsewhere: Option<usize>,
}

/// One input of a computed number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// What it is: `actual`, `target`, `weight of business`.
    pub label: String,
    /// Its value, as pages show it.
    pub value: String,
    /// Where it is written.
    pub source: Source,
}

/// Where an input comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Source {
    /// Somebody wrote it. For a value that is missing it is where it would stand, or the key nearest to that.
    File {
        /// The file, relative to the workspace.
        path: Arc<str>,
        /// The line, from 1.
        line: u32,
    },
    /// Nobody wrote it: it is built in.
    Default,
    /// It is computed from other inputs; one of the parts tells how.
    Computed,
    /// The day on which the workspace is looked at.
    Day,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File { path, line } => write!(f, "{path}:{line}"),
            Source::Default => f.write_str("built-in default"),
            Source::Computed => f.write_str("computed"),
            Source::Day => f.write_str("the day looked at"),
        }
    }
}

impl Input {
    /// An input.
    pub fn new(label: impl Into<String>, value: impl Into<String>, source: Source) -> Input {
        Input { label: label.into(), value: value.into(), source }
    }
}

impl Explanation {
    /// The start of an explanation: what, and how much.
    fn new(title: impl Into<String>, result: impl Into<String>) -> Explanation {
        Explanation { title: title.into(), result: result.into(), ..Explanation::default() }
    }

    /// With its formula in words.
    fn by(mut self, formula: impl Into<String>) -> Explanation {
        self.formula = formula.into();
        self
    }

    fn formula(&mut self, formula: impl Into<String>) {
        self.formula = formula.into();
    }

    /// With a part that was computed by itself.
    fn part(&mut self, part: Explanation) {
        self.parts.push(part);
    }

    /// With an input.
    fn input(&mut self, label: impl Into<String>, value: impl Into<String>, source: Source) {
        self.inputs.push(Input::new(label, value, source));
    }

    fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Every input of this number and of its parts, in reading order.
    pub fn all_inputs(&self) -> Vec<&Input> {
        let mut all: Vec<&Input> = self.inputs.iter().collect();
        for part in &self.parts {
            all.extend(part.all_inputs());
        }
        all
    }
}

/// Explains the numbers of one partner.
#[derive(Debug, Clone)]
pub struct OfPartner<'a> {
    workspace: &'a Workspace,
    context: Context<'a>,
    partner: &'a PartnerEntry,
    measures: &'a PartnerMeasures,
    side_by_side: bool,
}

impl<'a> OfPartner<'a> {
    /// For a partner and its measures.
    pub fn new(workspace: &'a Workspace, partner: &'a PartnerEntry, measures: &'a PartnerMeasures) -> OfPartner<'a> {
        OfPartner { workspace, context: Measures::context(workspace), partner, measures, side_by_side: false }
    }

    /// For a page on which every KPI is explained in the periods that stand for it ([`OfPartner::explained`]): what is computed of
    /// them names them with what they come to, and does not say the rest once more.
    #[must_use]
    pub fn side_by_side(self) -> OfPartner<'a> {
        OfPartner { side_by_side: true, ..self }
    }

    fn as_of(&self) -> Date {
        self.context.as_of
    }
}
