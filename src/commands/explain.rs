//! `partnerbook explain`: what a rule checks, why, and how to put right what it finds.

use std::fmt::Write as _;

use super::wrap::wrapped;
use super::{FINE, Failure, report};
use crate::cli::ExplainArgs;
use crate::content::read::short;
use crate::diagnostics::rules::example_shown;
use crate::diagnostics::{Rule, Severity};
use crate::lint::named::Named;
use crate::lint::{self, CATEGORIES, Category, document};

/// Explains a rule, the rules of a category, or lists all of them.
///
/// # Errors
/// When there is no such rule.
pub fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    let Some(name) = args.rule.as_deref() else {
        report::out(&if args.markdown { document::reference() } else { list(CATEGORIES) });
        return Ok(FINE);
    };
    report::out(&match named(name)? {
        Named::Category(category) => list(std::slice::from_ref(category)),
        Named::Rule(rule) if args.markdown => document::rule(rule, 1),
        Named::Rule(rule) => text(rule),
    });
    Ok(FINE)
}

/// What a name on the command line means.
///
/// # Errors
/// When that is not certain.
pub fn named(name: &str) -> Result<Named, Failure> {
    lint::named::find(name).map_err(|near| {
        let name = short(name.trim());
        let near: Vec<String> = near.iter().map(|near| format!("`{}`", near.name())).collect();
        if near.is_empty() {
            let names: Vec<String> = CATEGORIES.iter().map(|category| format!("`{}`", category.name)).collect();
            let names = crate::text::list(&names, "or");
            let help = format!("name a rule, such as `input/broken-link`, or a category: {names}; `partnerbook explain` lists all rules");
            return Failure::new(format!("there is no rule `{name}`"), help);
        }
        Failure::new(format!("there is no rule `{name}`"), format!("did you mean {}?", crate::text::list(&near, "or")))
    })
}

/// A list of rules by category.
fn list(categories: &[Category]) -> String {
    let bold = anstyle::Style::new().bold();
    let width = categories.iter().flat_map(Category::rules).map(|rule| rule.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for category in categories {
        let _ = writeln!(text, "{bold}{}{bold:#}: {}", category.name, category.about);
        for rule in category.rules() {
            wrapped(&mut text, &format!("  {:width$}  {:7}  ", rule.name, rule.severity.word()), rule.summary);
        }
        text.push('\n');
    }
    text.push_str("`partnerbook explain kpi/stale` tells more about a rule.\n");
    text
}

/// Everything about a rule.
fn text(rule: &Rule) -> String {
    let bold = anstyle::Style::new().bold();
    let colour = match rule.severity {
        Severity::Error => anstyle::AnsiColor::BrightRed,
        Severity::Warning => anstyle::AnsiColor::Yellow,
        Severity::Note => anstyle::AnsiColor::BrightGreen,
    };
    let colour = colour.on_default().bold();
    let mut text = format!("{bold}{}{bold:#} ({colour}{}{colour:#})\n\n", rule.name, rule.severity.word());
    wrapped(&mut text, "", rule.summary);
    let mut part = |title: &str, words: &str| {
        if !words.is_empty() {
            let _ = write!(text, "\n{bold}{title}{bold:#}\n");
            words.split("\n\n").for_each(|paragraph| wrapped(&mut text, "", paragraph));
        }
    };
    part("Why it matters", rule.why);
    part("What to do", rule.fix);
    part("Settings", rule.settings);
    let _ = write!(text, "\n{bold}It fires here{bold:#}\n");
    files(&mut text, rule.fires);
    let _ = write!(text, "  and says: {}\n\n{bold}Put right{bold:#}\n", rule.says);
    files(&mut text, rule.passes);
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn files(text: &mut String, example_text: &str) {
    let dimmed = anstyle::Style::new().dimmed();
    for (path, content) in example_shown(example_text) {
        let _ = writeln!(text, "  {dimmed}{path}{dimmed:#}");
        for line in content.trim_end().lines() {
            let _ = writeln!(text, "    {line}");
        }
        text.push('\n');
    }
}
