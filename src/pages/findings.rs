//! What the checker found: the overview, a page for each rule, and each partner's own findings.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::html::Html;
use super::names::Names;
use super::parts::Parts;
use super::value::{Entry, Tone};
use crate::diagnostics::rules::{Rule, example_shown};
use crate::diagnostics::{Counts, Finding, Severity};
use crate::workspace::lists::{ListKind, owner_key};
use crate::workspace::{PartnerId, Workspace};

/// So many partners are named at once.
const MOST: usize = 8;
/// So many partners are in the table of those with the most findings.
const MOST_ROWS: usize = 100;

/// How partnerships drift: what it is called, what it means, and the rules that tell it.
pub const DRIFT: &[(&str, &str, &[&str])] = &[
    ("Skipped stages", "A stage of the lifecycle was never entered", &["lifecycle/skipped-stage"]),
    ("Unclear goals", "No objective, or one without outcome, metric or date", &["value/no-goal", "value/vague-objective"]),
    ("No tracking", "No KPI has a value in the last four quarters", &["kpi/unmeasured"]),
    ("Unmanaged", "Nobody owns it, or nobody meets", &["ownership/no-owner", "cadence/none"]),
    ("Unreviewed", "Never reviewed, or a review is overdue", &["cadence/never-reviewed", "cadence/review-overdue"]),
    ("Low value without end", "Red for two quarters, and nothing was decided", &["health/low-value"]),
];

/// The findings of a workspace by rule and by partner, as places in its list.
#[derive(Debug, Default)]
pub struct Findings {
    rules: BTreeMap<&'static str, Vec<usize>>,
    partners: Vec<Vec<usize>>,
}

impl Findings {
    /// Sorts the findings of a workspace.
    pub fn new(workspace: &Workspace) -> Findings {
        let mut new = Findings { rules: BTreeMap::new(), partners: vec![Vec::new(); workspace.partners.len()] };
        for (at, finding) in workspace.findings.iter().enumerate() {
            new.rules.entry(finding.rule.name).or_default().push(at);
            if let Some(own) = finding.partner.and_then(|partner| new.partners.get_mut(partner)) {
                own.push(at);
            }
        }
        new
    }

    fn of_rule<'a>(&self, workspace: &'a Workspace, rule: &str) -> Vec<&'a Finding> {
        self.rules.get(rule).into_iter().flatten().filter_map(|at| workspace.findings.get(*at)).collect()
    }

    /// The findings of a partner, the gravest first.
    pub fn of_partner<'a>(&self, workspace: &'a Workspace, partner: PartnerId) -> Vec<&'a Finding> {
        let own = self.partners.get(partner).into_iter().flatten();
        let mut all: Vec<&Finding> = own.filter_map(|at| workspace.findings.get(*at)).collect();
        all.sort_by_key(|finding| (finding.waived.is_some(), std::cmp::Reverse(finding.severity)));
        all
    }

    /// How many findings a partner has.
    pub fn counts(&self, workspace: &Workspace, partner: PartnerId) -> Counts {
        Counts::of(self.partners.get(partner).into_iter().flatten().filter_map(|at| workspace.findings.get(*at)))
    }
}

/// The path of a rule's page.
pub fn route(rule: &Rule) -> String {
    format!("findings/{}.html", rule.name)
}

/// How a severity looks.
pub fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Info,
    }
}

/// Writes the findings of a partner as a section of its page; nothing where there are none.
pub fn section(html: &mut Html<'_>, workspace: &Workspace, found: &[&Finding], own: &str) {
    if found.is_empty() {
        return;
    }
    html.section("findings", "Findings");
    html.raw("<ul class=\"findings\">\n");
    for finding in found {
        html.raw("<li>");
        one(html, workspace, finding, own, true);
        html.raw("\n");
    }
    html.raw("</ul></section>\n");
}

/// Writes a finding: how grave, what, what to do, and where.
fn one(html: &mut Html<'_>, workspace: &Workspace, finding: &Finding, own: &str, with_rule: bool) {
    html.raw("<p>");
    match finding.waived {
        None => html.badge(finding.severity.word(), tone(finding.severity)),
        Some(_) => html.badge("waived", Tone::Quiet),
    };
    html.raw(" ").ticked(&capital(&finding.message)).raw(" <small class=src>");
    place(html, workspace, &finding.path, finding.line, own);
    for other in &finding.related {
        html.between(" · ", &other.label, " ");
        place(html, workspace, &other.path, other.line, own);
    }
    if with_rule {
        html.raw(" · <a href=\"").route(&route(finding.rule)).between("\">", finding.rule.name, "</a>");
    }
    html.raw("</small>");
    if let Some(waived) = &finding.waived {
        html.raw("<p class=help>Waived");
        if let Some(until) = waived.until {
            html.raw(" until ").day(until);
        }
        if let Some(by) = &waived.by {
            html.between(" by <bdi>", by, "</bdi>");
        }
        if let Some(reason) = &waived.reason {
            html.raw(": ").text(reason);
        }
    } else if let Some(help) = finding.advice() {
        html.raw("<p class=help>").ticked(&capital(help));
    }
}

/// Writes a file and a line, with the link to edit it; the page's own file goes without saying.
fn place(html: &mut Html<'_>, workspace: &Workspace, path: &str, line: u32, own: &str) {
    let link = workspace.settings.edit_line(path, line);
    if let Some(url) = &link {
        html.between("<a href=\"", url, "\">");
    }
    if path != own || line == 0 {
        html.text(path);
    }
    if line > 0 {
        html.raw(if path == own { "line " } else { ", line " }).show(line);
    }
    html.raw(if link.is_some() { "</a>" } else { "" });
}

/// Writes a cell with how many findings of the gravest kind there are, and how many others.
pub fn cell(html: &mut Html<'_>, route: &str, counts: Counts) {
    let Some((n, severity)) = counts.gravest() else {
        html.raw("<td data-v=\"0\">").none("none");
        return;
    };
    // Errors first, then warnings, then notes.
    let order = counts.errors.min(999) * 1_000_000 + counts.warnings.min(999) * 1000 + counts.notes.min(999);
    html.raw("<td data-v=\"").show(order).raw("\"><a class=\"badge tone-").raw(tone(severity).word()).raw("\" href=\"");
    html.route(route).raw("#s-findings\">").show(n).raw(" ").raw(severity.word()).raw(if n == 1 { "</a>" } else { "s</a>" });
    if counts.all() > n {
        html.note(&format!("+{}", counts.all() - n));
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    // A page has many: the rest goes over in one piece.
    let mut out = String::with_capacity(text.len() + 2);
    out.extend(first.to_uppercase());
    out.push_str(chars.as_str());
    out
}

/// What `findings.hbs` receives.
pub fn view(workspace: &Workspace, findings: &Findings, parts: &mut Parts<'_>) -> Map<String, Value> {
    let counts = Counts::of(&workspace.findings);
    parts.add("drift", |html| drift(html, workspace, findings));
    parts.add("rules", |html| rules(html, workspace, findings));
    parts.add("owners", |html| owners(html, workspace, findings));
    parts.add("partners", |html| partners(html, workspace, findings));
    let elsewhere: Vec<&Finding> = workspace.findings.iter().filter(|finding| finding.partner.is_none()).collect();
    parts.add("elsewhere", |html| {
        if !elsewhere.is_empty() {
            html.section("elsewhere", "In no partner's file").raw("<ul class=\"findings\">\n");
            for finding in elsewhere {
                html.raw("<li>");
                one(html, workspace, finding, "", true);
                html.raw("\n");
            }
            html.raw("</ul></section>\n");
        }
    });
    let tile = |n: usize, one: &str, many: &str| json!({"label": if n == 1 { one } else { many }, "value": grouped(n), "href": null});
    let tiles = [
        tile(counts.errors, "error", "errors"),
        tile(counts.warnings, "warning", "warnings"),
        tile(counts.notes, "note", "notes"),
        tile(counts.waived, "waived", "waived"),
    ];
    Map::from_iter([("counts".to_owned(), json!(tiles)), ("count".to_owned(), json!(workspace.findings.len()))])
}

fn grouped(n: usize) -> String {
    crate::content::scalar::grouped(&rust_decimal::Decimal::from(n))
}

/// Writes the ways in which partnerships drift, with the partners that do.
fn drift(html: &mut Html<'_>, workspace: &Workspace, findings: &Findings) {
    html.section("drift", "Where partnerships drift").raw("<div class=\"drift\">\n");
    for (title, about, rules) in DRIFT {
        let mut partners: Vec<PartnerId> = rules
            .iter()
            .flat_map(|rule| findings.of_rule(workspace, rule))
            .filter(|finding| finding.waived.is_none())
            .filter_map(|finding| finding.partner)
            .collect();
        partners.sort_unstable();
        partners.dedup();
        html.between("<section class=\"case\"><h3>", title, " <b>").show(partners.len()).raw("</b></h3>");
        html.between("<p class=\"note\">", about, "</p>\n");
        if partners.is_empty() {
            html.raw("<p class=\"empty\">None</p>");
        } else {
            let entries: Vec<Entry<'_>> = partners.iter().take(MOST).map(|at| entry(workspace, *at)).collect();
            html.entries(&entries, "");
            let fired: Vec<&&str> = rules.iter().filter(|rule| findings.rules.contains_key(**rule)).collect();
            html.raw("<p class=\"more-links\">");
            if partners.len() > MOST {
                html.raw("and ").show(partners.len() - MOST).raw(" more: ");
            }
            for (at, rule) in fired.iter().enumerate() {
                html.raw(if at > 0 { ", <a href=\"" } else { "<a href=\"" });
                html.route(&format!("findings/{rule}.html")).between("\">", rule, "</a>");
            }
            html.raw("</p>");
        }
        html.raw("</section>\n");
    }
    html.raw("</div></section>\n");
}

fn entry(workspace: &Workspace, partner: PartnerId) -> Entry<'_> {
    let entry = &workspace.partners[partner];
    Entry::new(entry.name(), &workspace.pages[entry.page].route)
}

/// The rules with findings, the gravest first, then by how many there are.
fn by_weight<'a>(workspace: &'a Workspace, findings: &Findings) -> Vec<(&'static Rule, Severity, Vec<&'a Finding>)> {
    let mut all: Vec<(&'static Rule, Severity, Vec<&Finding>)> = findings
        .rules
        .keys()
        .filter_map(|name| {
            let found = findings.of_rule(workspace, name);
            Some((found.first()?.rule, found.iter().map(|finding| finding.severity).max()?, found))
        })
        .collect();
    all.sort_by_key(|(rule, severity, found)| (std::cmp::Reverse(*severity), std::cmp::Reverse(found.len()), rule.name));
    all
}

fn rules(html: &mut Html<'_>, workspace: &Workspace, findings: &Findings) {
    html.section("rules", "By rule");
    html.open_table("Findings by rule", "n3 n4").columns(["Rule", "Severity", "What it means", "Findings", "Partners"]);
    for (rule, severity, found) in by_weight(workspace, findings) {
        let counts = Counts::of(found.iter().copied());
        let mut partners: Vec<PartnerId> = found.iter().filter_map(|finding| finding.partner).collect();
        partners.sort_unstable();
        partners.dedup();
        html.raw("<tr><th scope=\"row\"><a href=\"").route(&route(rule)).between("\">", rule.name, "</a><td>");
        html.badge(severity.word(), tone(severity)).raw("<td>").ticked(rule.summary).raw("<td>");
        html.show(counts.all());
        if counts.waived > 0 {
            html.note(&format!("and {} waived", counts.waived));
        }
        html.raw("<td>").show(partners.len()).raw("\n");
    }
    html.close_table().raw("</section>\n");
}

/// Writes the cells of counts.
fn count_cells(html: &mut Html<'_>, counts: Counts) {
    for n in [counts.errors, counts.warnings, counts.notes, counts.waived] {
        html.raw("<td>");
        if n == 0 {
            html.none("0")
        } else {
            html.show(n)
        };
    }
}

fn owners(html: &mut Html<'_>, workspace: &Workspace, findings: &Findings) {
    let mut all: BTreeMap<Option<&str>, (Vec<&Finding>, usize)> = BTreeMap::new();
    for (at, partner) in workspace.visible_partners() {
        let (found, partners) = all.entry(owner_key(workspace, partner)).or_default();
        found.extend(findings.of_partner(workspace, at));
        *partners += 1;
    }
    let mut rows: Vec<(Option<&str>, Counts, usize)> =
        all.into_iter().map(|(owner, (found, partners))| (owner, Counts::of(found), partners)).collect();
    rows.sort_by_key(|(owner, counts, _)| (std::cmp::Reverse((counts.errors, counts.warnings, counts.notes)), owner.is_none(), *owner));
    if rows.is_empty() || (rows.len() == 1 && rows[0].0.is_none()) {
        return;
    }
    html.section("owners", "By owner");
    html.open_table("Findings by owner", "n1 n2 n3 n4 n5").columns(["Owner", "Errors", "Warnings", "Notes", "Waived", "Partners"]);
    for (owner, counts, partners) in rows {
        html.raw("<tr><th scope=\"row\">").value(&Names { workspace }.listed(ListKind::Owner, owner), "no owner");
        count_cells(html, counts);
        html.raw("<td>").show(partners).raw("\n");
    }
    html.close_table().raw("</section>\n");
}

fn partners(html: &mut Html<'_>, workspace: &Workspace, findings: &Findings) {
    let mut rows: Vec<(PartnerId, Counts)> = workspace
        .visible_partners()
        .map(|(at, _)| (at, findings.counts(workspace, at)))
        .filter(|(_, counts)| counts.all() + counts.waived > 0)
        .collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(at, counts)| (std::cmp::Reverse((counts.errors, counts.warnings, counts.notes, counts.waived)), *at));
    html.section("partners", "By partner");
    if rows.len() > MOST_ROWS {
        html.raw("<p class=\"note\">The ").show(MOST_ROWS).raw(" with the most findings, of ").show(rows.len());
        html.raw("; the <a href=\"").route("partners/index.html").raw("\">index of partners</a> has all of them.</p>\n");
    }
    html.open_table("Findings by partner", "n2 n3 n4 n5").columns(["Partner", "Owner", "Errors", "Warnings", "Notes", "Waived"]);
    for (at, counts) in rows.into_iter().take(MOST_ROWS) {
        let partner = &workspace.partners[at];
        html.raw("<tr><th scope=\"row\"><a href=\"").route(&workspace.pages[partner.page].route).raw("#s-findings\"><bdi>");
        html.text(partner.name()).raw("</bdi></a>").cell(&Names { workspace }.owner(partner), "no owner");
        count_cells(html, counts);
        html.raw("\n");
    }
    html.close_table().raw("</section>\n");
}

/// What `rule.hbs` receives.
pub fn rule(workspace: &Workspace, findings: &Findings, name: &str, parts: &mut Parts<'_>) -> Map<String, Value> {
    let found = findings.of_rule(workspace, name);
    let Some(rule) = found.first().map(|finding| finding.rule) else { return Map::new() };
    let counts = Counts::of(found.iter().copied());
    parts.add("summary", |html| {
        html.ticked(rule.summary);
    });
    parts.add("about", |html| about(html, rule));
    parts.add("findings", |html| {
        html.raw("<ul class=\"findings\">\n");
        for finding in &found {
            html.raw("<li>");
            let own = finding.partner.map(|at| (&workspace.partners[at], workspace.partner_page(at)));
            let path = own.map_or("", |(partner, page)| {
                html.raw("<h3>").link(partner.name(), &page.route).raw("</h3>");
                page.path.as_ref()
            });
            one(html, workspace, finding, path, false);
            html.raw("\n");
        }
        html.raw("</ul>");
    });
    let severity = found.iter().map(|finding| finding.severity).max().unwrap_or(rule.severity);
    let own = (severity != rule.severity).then(|| rule.severity.word());
    Map::from_iter([
        ("name".to_owned(), json!(rule.name)),
        ("severity".to_owned(), json!({"text": severity.word(), "tone": tone(severity).word()})),
        ("usually".to_owned(), json!(own)),
        ("counts".to_owned(), json!(counts.sentence())),
    ])
}

/// Writes what a rule is about: the same texts as `partnerbook explain`.
fn about(html: &mut Html<'_>, rule: &Rule) {
    let paragraphs = |html: &mut Html<'_>, title: &str, text: &str| {
        if !text.is_empty() {
            html.between("<h2>", title, "</h2>\n");
            for paragraph in text.split("\n\n") {
                html.raw("<p>").ticked(paragraph).raw("</p>\n");
            }
        }
    };
    paragraphs(html, "Why it matters", rule.why);
    paragraphs(html, "What to do", rule.fix);
    paragraphs(html, "Settings", rule.settings);
    html.raw("<details class=\"why\"><summary>An example</summary>\n<p>Here it fires:</p>\n");
    files(html, rule.fires);
    html.raw("<p>It says: ").ticked(rule.says).raw(".</p>\n<p>Put right:</p>\n");
    files(html, rule.passes);
    html.raw("</details>\n");
}

fn files(html: &mut Html<'_>, text: &str) {
    for (path, text) in example_shown(text) {
        html.between("<p class=\"file\"><code>", &path, "</code></p>\n");
        html.between("<pre><code>", &text, "</code></pre>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn a_sentence_starts_with_a_capital() {
        assert_eq!([capital("no KPI"), capital("ßuper"), capital("`acme` has"), capital("")], ["No KPI", "SSuper", "`acme` has", ""]);
    }
}
