//! `partnerbook why`: how a number came about, with the lines it was made from.

use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use super::ask::{self, Asked};
use super::wrap::wrapped;
use super::{FINE, Failure, as_of, find_workspace, report};
use crate::cli::WhyArgs;
use crate::measures::Measures;
use crate::measures::explain::topics::{Figure, Topic};
use crate::measures::explain::{Explanation, OfPortfolio};
use crate::workspace::Workspace;

/// The version of the JSON. It goes up when something in it changes its name or its meaning, not when something is added.
const VERSION: u32 = 1;

/// The answer for other programs, described in `docs/why.md`.
#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    as_of: Date,
    partner: Option<Whom<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topics: Option<Vec<Topic>>,
}

/// The partner that is asked about.
#[derive(Serialize)]
struct Whom<'a> {
    id: &'a str,
    name: &'a str,
}

/// Explains a number, or lists what can be asked.
///
/// # Errors
/// When the workspace is not found, and for a partner, a KPI or a period that there is not.
pub fn run(dir: Option<&Path>, args: &WhyArgs) -> Result<u8, Failure> {
    let root = find_workspace(dir)?;
    let day = as_of(&args.as_of)?;
    let workspace = Workspace::load(&root, day, false);
    let measures = Measures::new(&workspace);
    let asked = ask::about(&workspace, &measures, args)?;
    let title = match &asked {
        Asked::Partner { entry, .. } => entry.name().to_owned(),
        Asked::Portfolio { .. } => "All partners".to_owned(),
    };
    let mut answer = Answer { version: VERSION, as_of: day, partner: None, explanation: None, topics: None };
    let (id, explanation) = match asked {
        Asked::Partner { entry, of, explanation } => {
            answer.partner = Some(Whom { id: &entry.id, name: entry.name() });
            answer.topics = explanation.is_none().then(|| of.topics());
            (entry.id.as_str(), explanation)
        }
        Asked::Portfolio { explanation } => {
            answer.topics = explanation.is_none().then(|| OfPortfolio::new(&workspace, &measures).topics());
            ("portfolio", explanation)
        }
    };
    answer.explanation = explanation;
    if args.json {
        report::out(&format!("{}\n", serde_json::to_string_pretty(&answer).unwrap_or_default()));
    } else {
        let bold = anstyle::Style::new().bold();
        let mut text = format!("{bold}{title}{bold:#}, as of {day}\n\n");
        if let Some(explanation) = &answer.explanation {
            tree(&mut text, explanation, 0);
        }
        if let Some(topics) = &answer.topics {
            list(&mut text, topics, id);
        }
        report::out(&text);
    }
    let errors = workspace.findings.iter().filter(|finding| finding.blocks_publishing()).count();
    if errors > 0 {
        let errors = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
        report::err(&format!("note: the workspace has {errors}, so something may be missing; `partnerbook check` shows more\n"));
    }
    Ok(FINE)
}

/// An explanation with its parts below it, each a step further in.
fn tree(out: &mut String, explanation: &Explanation, depth: usize) {
    let bold = anstyle::Style::new().bold();
    let (outer, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    let _ = writeln!(out, "{outer}{bold}{}{bold:#}: {}", explanation.title, explanation.result);
    for (label, text) in [("how   ", &explanation.formula), ("here  ", &explanation.worked)] {
        if !text.is_empty() {
            wrapped(out, &format!("{inner}{label}"), text);
        }
    }
    let length = |text: &str| text.chars().count();
    let label = explanation.inputs.iter().map(|input| length(&input.label)).max().unwrap_or(0);
    let value = explanation.inputs.iter().map(|input| length(&input.value)).max().unwrap_or(0);
    for input in &explanation.inputs {
        let _ = writeln!(out, "{inner}- {:label$}  {:value$}  {}", input.label, input.value, input.source);
    }
    for note in &explanation.notes {
        wrapped(out, &format!("{inner}* "), note);
    }
    for part in &explanation.parts {
        if depth == 0 {
            out.push('\n');
        }
        tree(out, part, depth + 1);
    }
}

/// What can be asked, with the values of today.
fn list(out: &mut String, topics: &[Topic], id: &str) {
    let title = |topic: &Topic| match topic.period {
        Some(period) => format!("{}, {}", topic.title, period.title()),
        None => topic.title.clone(),
    };
    let length = |text: &str| text.chars().count();
    let what = topics.iter().map(|topic| length(&topic.what)).max().unwrap_or(0);
    let titles = topics.iter().map(|topic| length(&title(topic))).max().unwrap_or(0);
    for topic in topics {
        let _ = writeln!(out, "  {:what$}  {:titles$}  {}", topic.what, title(topic), topic.result);
    }
    let id = if id.contains(' ') { format!("{id:?}") } else { id.to_owned() };
    let is_figure = |topic: &&Topic| Figure::ALL.iter().any(|figure| figure.word() == topic.what);
    let example = topics.iter().find(|topic| topic.period.is_some() && !is_figure(topic)).or(topics.first());
    if let Some(topic) = example {
        let period = topic.period.map(|period| format!(" {period}")).unwrap_or_default();
        let question = format!("partnerbook why {id} {}{period}", topic.what);
        let _ = writeln!(out, "\n`{question}` tells how a number came about.");
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn long_texts_are_broken_between_words() {
        let mut out = String::new();
        wrapped(&mut out, "  * ", &"word ".repeat(25));
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!((lines.len(), lines[0].len()), (2, 98));
        assert!(lines[1].starts_with("    word"), "{out}");
    }
}
