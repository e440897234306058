//! What has worked before is written down as a playbook, and runs of it keep to what is written.

mod finished_with_open_criteria;
mod missing_template;
mod not_run;
mod unknown;
mod unknown_step;

use rustc_hash::FxHashSet;

use super::{Lint, Whole};
use crate::content::read::one_of;
use crate::model::partner::PlaybookRun;
use crate::model::playbook::Playbook;
use crate::text::{path, slug, suggest};
use crate::workspace::links::Target;
use crate::workspace::{PageKind, PageRef};

/// The rules of this category.
pub static LINTS: &[&Lint] =
    &[&unknown::LINT, &unknown_step::LINT, &missing_template::LINT, &finished_with_open_criteria::LINT, &not_run::LINT];

/// The playbook of an id or name: its page, and what it says.
fn named<'a>(whole: &Whole<'a>, name: &str) -> Option<(&'a PageRef, &'a Playbook)> {
    let page = whole.workspace.pages.get(*whole.workspace.playbooks.get(&slug::fold(name.trim()))?)?;
    match &page.kind {
        PageKind::Playbook(playbook) => Some((page, playbook.as_ref())),
        _ => None,
    }
}

/// The playbook of a run, where there is such a one.
fn of_run<'a>(whole: &Whole<'a>, run: &PlaybookRun) -> Option<(&'a PageRef, &'a Playbook)> {
    run.playbook.as_deref().and_then(|name| named(whole, name))
}

/// The id of a playbook: the name of its file.
fn id(page: &PageRef) -> &str {
    path::stem(&page.path)
}

/// Steps or criteria, compared as people do: whatever their case, blanks and punctuation.
struct Words<'a> {
    all: Vec<&'a str>,
    plain: FxHashSet<String>,
}

impl<'a> Words<'a> {
    fn new(words: impl Iterator<Item = &'a str>) -> Words<'a> {
        let all: Vec<&str> = words.filter(|word| !word.trim().is_empty()).collect();
        let plain = all.iter().map(|word| slug::plain(word)).collect();
        Words { all, plain }
    }

    /// What the steps of a playbook are called: their names or, without one, what their document is called.
    fn steps(whole: &Whole<'a>, page: &'a PageRef, playbook: &'a Playbook) -> Words<'a> {
        Words::new(playbook.steps.iter().enumerate().filter_map(|(at, step)| {
            let named = step.name.as_deref().filter(|name| !name.trim().is_empty());
            named.or_else(|| match page.targets.get(at) {
                Some(Target::Page(document, _)) => whole.workspace.pages.get(*document).map(|page| page.title.as_str()),
                _ => step.template.as_deref().map(path::file_name),
            })
        }))
    }

    /// The criteria of a playbook, or those that a run has met.
    fn criteria(written: &'a [String]) -> Words<'a> {
        Words::new(written.iter().map(String::as_str))
    }

    fn has(&self, word: &str) -> bool {
        self.plain.contains(&slug::plain(word))
    }

    /// The one that may have been meant.
    fn meant(&self, word: &str) -> Option<&'a str> {
        meant(word, &self.all)
    }
}

/// Of more words than these nobody is told which one may have been meant: to find it takes as long as there are words.
const MANY: usize = 200;

/// The one of the words that may have been meant: nearly the same, or the only one of which it is a part.
fn meant<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    if words.len() > MANY {
        return None;
    }
    suggest::nearest(word, words.iter().copied()).or_else(|| {
        let part = format!("-{}-", slug::plain(word));
        let mut longer = words.iter().filter(|known| format!("-{}-", slug::plain(known)).contains(&part));
        longer.next().filter(|_| longer.next().is_none()).copied()
    })
}

/// Advice for a word that is none of these.
fn advice(word: &str, words: &[&str]) -> String {
    match meant(word, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None if words.len() > MANY => format!("there are {} to choose from", words.len()),
        None => one_of(word, words),
    }
}
