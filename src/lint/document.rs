//! What people read about rules: the same text at the terminal, in `docs/rules.md` and, in HTML, on the site.

use std::fmt::Write as _;

use super::{CATEGORIES, Category};
use crate::diagnostics::Rule;
use crate::diagnostics::rules::example_shown;

/// Everything about a rule, in Markdown under a heading of the given level.
pub fn rule(rule: &Rule, level: usize) -> String {
    let marks = "#".repeat(level);
    let mut text = format!("{marks} {}\n\n{} Severity: **{}**.\n\n", rule.name, rule.summary, rule.severity.word());
    let _ = write!(text, "**Why it matters.** {}\n\n**It fires here:**\n\n", rule.why);
    files(&mut text, rule.fires);
    let _ = write!(text, "and says: {}.\n\n**Put right:**\n\n", rule.says);
    files(&mut text, rule.passes);
    let _ = write!(text, "**What to do.** {}\n\n", rule.fix);
    if !rule.settings.is_empty() {
        let _ = write!(text, "**Settings.** {}\n\n", rule.settings);
    }
    text
}

/// The files of an example as blocks of code.
fn files(text: &mut String, example_text: &str) {
    for (path, content) in example_shown(example_text) {
        // A block is fenced by more backticks than stand in it.
        let fence = if content.contains("```") { "````" } else { "```" };
        let language = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let _ = write!(text, "`{path}`\n\n{fence}{language}\n{}\n{fence}\n\n", content.trim_end());
    }
}

/// The line of a rule in a list.
fn line(rule: &Rule) -> String {
    format!("| [`{0}`](#{1}) | {2} | {3} |\n", rule.name, rule.name.replace('/', ""), rule.severity.word(), rule.summary)
}

/// `docs/rules.md`: all rules.
pub fn reference() -> String {
    let mut text = String::from(
        "# The rules\n\n<!-- Made from the texts beside each rule in src/: `UPDATE_DOCS=1 cargo test --test docs` writes it anew. -->\n\n\
         What `partnerbook check` looks for. Each rule is named `category/what-is-wrong`; `partnerbook explain kpi/stale` tells the same \
         at the terminal, and the site has a page for every rule with findings.\n\n\
         A partner that has left is judged by the categories `input`, `lifecycle` and `exit`, by whether the playbook `exit` was run, and by \
         `waiver` where it waives one of these. One on hold is exempt from what is \
         about age and cadence. *From onboarding on* and the like speak of the `phase` of a stage, so they hold in a workspace with a \
         lifecycle of its own too. What a draft gets wrong is a note.\n\n\
         `lint:` in `partnerbook.yaml` sets the severity of a rule (`kpi/stale: off`) or of a category (`cadence/*: note`); the name of a \
         rule goes before its category. `waive` in a partner's file lives with a finding for a time. [checking.md](checking.md) says more.\n",
    );
    for Category { name, about, .. } in CATEGORIES {
        let _ = write!(text, "\n**{name}**: {about}\n\n| rule | severity | fires when |\n|---|---|---|\n");
        text.extend(rules_of(name).map(line));
    }
    for Category { name, about, .. } in CATEGORIES {
        let _ = write!(text, "\n## {name}: {about}\n\n");
        text.extend(rules_of(name).map(|one| rule(one, 3)));
    }
    let mut text = text.trim_end().to_owned();
    text.push('\n');
    text
}

fn rules_of(category: &str) -> impl Iterator<Item = &'static Rule> {
    CATEGORIES.iter().filter(move |known| known.name == category).flat_map(Category::rules)
}
