//! Forms: what a key says of a text or a number beyond its type, and the words of a workspace that may stand there.

use std::collections::BTreeMap;

use super::{Definitions, Schema, Type};
use crate::content::scalar;

/// What a text or number under a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Form {
    /// Nothing in particular.
    #[default]
    Any,
    /// The name of a partner, which must be there.
    Name,
    /// The id of a partner.
    Id,
    /// A stage of the lifecycle.
    Stage,
    /// A stage of the lifecycle, or a phase.
    StageOrPhase,
    /// Where a decision leads.
    Way,
    /// A partnership model.
    Model,
    /// A tier.
    Tier,
    /// A criterion of the scoring model.
    Criterion,
    /// A KPI.
    Kpi,
    /// A person.
    Person,
    /// A rule or a category of rules.
    Rule,
    /// A rule or category whose severity can be changed.
    Lint,
    /// A category that health is made of.
    Category,
    /// A year, a quarter or a month.
    Period,
    /// The code of a currency.
    Currency,
    /// A web address with its scheme.
    Address,
    /// A web address, or a bare domain.
    Website,
    /// An address that a page had.
    OldAddress,
    /// The name of a folder.
    Folder,
    /// A month, 1 to 12.
    Month,
    /// A number greater than 0.
    Positive,
    /// Two numbers, the lower one first.
    Pair,
}

/// A word that may stand somewhere, with what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub word: String,
    /// What it means.
    pub about: String,
}

/// The words that are known for each form.
#[derive(Debug, Clone, Default)]
pub struct Words(BTreeMap<Form, Vec<Word>>);

impl Words {
    /// Adds the words of a form. A word that is there twice is kept once.
    pub fn add(&mut self, form: Form, words: impl IntoIterator<Item = (String, String)>) {
        let all = self.0.entry(form).or_default();
        for (word, about) in words {
            if !all.iter().any(|known| known.word == word) {
                all.push(Word { word, about });
            }
        }
    }

    /// The words of a form.
    pub fn of(&self, form: Form) -> &[Word] {
        self.0.get(&form).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A year, a quarter or a month, as [`Period::parse`](crate::model::period::Period::parse) reads it.
pub const PERIOD: &str = r"^\s*[0-9]{4}(-([Qq][1-4]|0[1-9]|1[0-2]))?\s*$";

impl Form {
    /// True where only known words are read.
    pub fn is_closed(self) -> bool {
        matches!(self, Form::Stage | Form::StageOrPhase | Form::Model)
    }

    /// True where only known words are read as keys. Stages and models of the settings are what makes them known.
    pub fn has_closed_keys(self) -> bool {
        matches!(self, Form::Lint | Form::Category)
    }

    /// What keys of this form look like, where that is not a list of words.
    pub fn key_pattern(self) -> Option<&'static str> {
        match self {
            Form::Period => Some(PERIOD),
            Form::Currency => Some(CURRENCY),
            _ => None,
        }
    }

    /// The name of its definition.
    fn name(self) -> &'static str {
        match self {
            Form::Any => "text",
            Form::Name => "name",
            Form::Id => "id",
            Form::Stage => "stage-id",
            Form::StageOrPhase => "stage-or-phase",
            Form::Way => "way",
            Form::Model => "model-id",
            Form::Tier => "tier-id",
            Form::Criterion => "criterion-id",
            Form::Kpi => "kpi-id",
            Form::Person => "person-id",
            Form::Rule | Form::Lint => "rule",
            Form::Category => "health-category",
            Form::Period => "period",
            Form::Currency => "currency",
            Form::Address => "address",
            Form::Website => "website",
            Form::OldAddress => "old-address",
            Form::Folder => "folder",
            Form::Month => "month",
            Form::Positive => "positive-number",
            Form::Pair => "pair",
        }
    }

    /// The schema of a text of this form.
    pub fn text(self, all: &mut Definitions<'_>) -> Schema {
        let any = &Type::TEXT;
        let made = match self {
            Form::Name => Schema::of(&[Type::String, Type::Number, Type::Boolean])
                .matching(r"\S", "Write the name; it is the one thing that must be there."),
            Form::Id => Schema::of(any).matching(ID, "Write a file name: no slashes, no leading dot, none of <>:\"|?*"),
            Form::Currency => Schema::text(CURRENCY, "Write the three letters of a currency, such as EUR."),
            Form::Address => Schema::text(r"^\s*(https?://[\s\S]*)?$", "Start the address with https://"),
            Form::Website => Schema::text(WEBSITE, "Write a web address, such as https://acme.example"),
            Form::OldAddress => Schema::of(any).matching(OLD_ADDRESS, "Write the path that the page had, such as old/plan.md"),
            Form::Folder => Schema::of(any).matching(r"^\s*([^./\\\s][^/\\]*)?$", "Write the name of a folder in themes/"),
            _ if self.is_closed() => {
                // A word that looks like a number is one to YAML.
                let plain = |word: &Word| scalar::decimal(&word.word).is_ok() || matches!(word.word.as_str(), "true" | "false");
                let types: &[Type] = if all.words(self).iter().any(plain) { any } else { &[Type::String, Type::Null] };
                let words = all.words(self);
                let spelled =
                    Schema::of(types).matching(any_spelling(words.iter().map(|word| word.word.as_str()), self == Form::Model), UNKNOWN);
                Schema::any_of(vec![known(words), spelled])
            }
            _ if all.words(self).is_empty() => return Form::Any.plain(all),
            // Suggestions: any other text is fine.
            _ => {
                let words = known(all.words(self));
                Schema::any_of(vec![words, Form::Any.plain(all)])
            }
        };
        all.define(self.name(), "form", |_| made)
    }

    /// Any text. What YAML takes for a number or for true is one too.
    pub fn plain(self, all: &mut Definitions<'_>) -> Schema {
        all.define(Form::Any.name(), "form", |_| Schema::of(&Type::TEXT))
    }
}

fn known(words: &[Word]) -> Schema {
    Schema::words(words.iter().map(|word| (word.word.as_str(), word.about.as_str())))
}

/// Said of a text that is none of the words.
pub const UNKNOWN: &str = "This word is not known here.";

const CURRENCY: &str = r"^\s*[A-Za-z]{3}\s*$";
const ID: &str = r#"^\s*([^./\\<>:"|?*\s][^/\\<>:"|?*]*)?$"#;
const WEBSITE: &str = r#"^\s*(https?://[\s\S]*|(?=[^/]*\.)[^.: "\\/]([^: "\\/]*[^.: "\\/])?(/[^: "\\]*)?)\s*$"#;
const OLD_ADDRESS: &str = r"^(?![\s\S]*://)[^\\?#]*[^\\?#\s][^\\?#]*$";

/// What matches one of the words in any spelling that is read: in any case, and where `loose` also with blanks or `_` for `-`.
pub fn any_spelling<'a>(words: impl IntoIterator<Item = &'a str>, loose: bool) -> String {
    let mut out = String::from(r"^\s*(");
    for (at, word) in words.into_iter().enumerate() {
        if at > 0 {
            out.push('|');
        }
        for c in word.trim().chars() {
            let (lower, upper) = (c.to_lowercase(), c.to_uppercase());
            match c {
                '-' | '_' | ' ' if loose => out.push_str("[-_ ]"),
                _ if (loose || c.is_ascii()) && lower.len() == 1 && upper.len() == 1 && !lower.clone().eq(upper.clone()) => {
                    out.push('[');
                    out.extend(upper);
                    out.extend(lower);
                    out.push(']');
                }
                '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
    }
    out.push_str(r")\s*$");
    out
}
