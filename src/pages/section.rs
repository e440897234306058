//! A section of a partner page, block by block.

use std::borrow::Cow;

use super::html::Html;
use super::value::Shown;

/// A label and its value.
pub type Fact<'a> = (Cow<'a, str>, Shown<'a>);

/// A line of a checklist: text, done.
pub type Check = (String, bool);

/// One block of a section.
#[derive(Debug)]
enum Block<'a> {
    Facts(Vec<Fact<'a>>),
    Table { columns: Vec<&'static str>, numeric: Vec<usize>, rows: Vec<Vec<Shown<'a>>> },
    Checks(Vec<Check>),
    Drawn(String),
}

/// A section with a heading and blocks.
#[derive(Debug, Default)]
pub struct Section<'a> {
    /// The anchor, without its `s-`.
    pub id: &'static str,
    /// The heading.
    pub title: &'static str,
    blocks: Vec<Block<'a>>,
}

/// A label and its value; `None` where there is no value.
pub fn fact<'a>(label: impl Into<Cow<'a, str>>, value: Shown<'a>) -> Option<Fact<'a>> {
    (!value.is_nothing()).then(|| (label.into(), value))
}

impl<'a> Section<'a> {
    /// Adds facts; nothing where there is none.
    pub fn facts(&mut self, facts: impl IntoIterator<Item = Option<Fact<'a>>>) {
        let facts: Vec<Fact<'a>> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    /// Adds a table; columns in which nothing stands are left out. `columns` are titles, and whether they hold numbers.
    pub fn table(&mut self, columns: &[(&'static str, bool)], mut rows: Vec<Vec<Shown<'a>>>) {
        let there = |at: &usize| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_nothing()));
        let kept: Vec<usize> = (0..columns.len()).filter(there).collect();
        if kept.is_empty() {
            return;
        }
        for row in &mut rows {
            let mut at = 0;
            row.retain(|_| {
                at += 1;
                kept.contains(&(at - 1))
            });
        }
        let titles = kept.iter().map(|at| columns[*at].0).collect();
        let numeric = kept.iter().enumerate().filter(|(_, at)| columns[**at].1).map(|(place, _)| place).collect();
        self.blocks.push(Block::Table { columns: titles, numeric, rows });
    }

    /// Adds a checklist.
    pub fn checks(&mut self, checks: Vec<Check>) {
        if !checks.is_empty() {
            self.blocks.push(Block::Checks(checks));
        }
    }

    /// Adds a drawing that has no links; nothing where nothing is drawn.
    pub fn drawn(&mut self, draw: impl FnOnce(&mut Html<'_>)) {
        let mut html = Html::new("");
        draw(&mut html);
        if !html.is_empty() {
            self.blocks.push(Block::Drawn(html.finish()));
        }
    }

    /// The finished section; `None` where it is empty.
    pub fn finish(self, id: &'static str, title: &'static str) -> Option<Section<'a>> {
        (!self.blocks.is_empty()).then_some(Section { id, title, ..self })
    }

    /// Writes the section.
    pub fn write(&self, html: &mut Html<'_>) {
        html.section(self.id, self.title);
        for block in &self.blocks {
            match block {
                Block::Facts(facts) => {
                    html.facts(facts.iter().map(|(label, value)| (label.as_ref(), value)), "facts wide");
                }
                Block::Table { columns, numeric, rows } => {
                    let class: Vec<String> = numeric.iter().map(|at| format!("n{at}")).collect();
                    html.open_table(&format!("{}: {}", self.title, columns.first().copied().unwrap_or_default()), &class.join(" "))
                        .columns(columns.iter().copied());
                    for row in rows {
                        html.raw("<tr>");
                        for cell in row {
                            html.cell(cell, "none");
                        }
                        html.raw("\n");
                    }
                    html.close_table();
                }
                Block::Drawn(drawing) => {
                    html.raw(drawing);
                }
                Block::Checks(checks) => {
                    html.raw("<ul class=checks>\n");
                    for (text, done) in checks {
                        let (class, word) = if *done { ("yes", "Done") } else { ("no", "Open") };
                        html.raw("<li class=\"").raw(class).raw("\"><span class=vh>").raw(word).between(": </span>", text, "\n");
                    }
                    html.raw("</ul>");
                }
            }
        }
        html.raw("</section>\n");
    }
}
