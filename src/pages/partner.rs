//! The page of a partner.

use jiff::civil::Date;

use super::figures::{self, band_tone, health_number};
use super::html::Html;
use super::lifecycle::{stepper, timeline};
use super::names::Names;
use super::parts::Parts;
use super::section::{Fact, fact};
use super::value::{Address, Entry, Shown, Tone, badge, external};
use super::{diagrams, findings, kpis, prose, sections};
use crate::content::scalar::{grouped, human_date};
use crate::diagnostics::{Counts, Finding};
use crate::measures::stage::is_reviewed;
use crate::measures::{Context, Exact, Measures, PartnerMeasures};
use crate::model::partner::{Status, Visibility};
use crate::text::{join, path, slug};
use crate::workspace::lists::ListKind;
use crate::workspace::quarters::Quarter;
use crate::workspace::references::website;
use crate::workspace::{PageKind, PartnerEntry, Workspace};

/// The badge of a declared status.
pub fn status_badge(status: Option<Status>) -> Shown<'static> {
    status.map_or(Shown::Nothing, |status| {
        let tone = match status {
            Status::Active => Tone::Info,
            Status::Thriving => Tone::Good,
            Status::AtRisk => Tone::Bad,
            Status::Sunsetting => Tone::Warn,
            Status::OnHold => Tone::Quiet,
        };
        badge(slug::title(status.word()), tone)
    })
}

/// The parts that `partner.hbs` receives.
pub const PARTS: &[&str] = &[
    "header",
    "side",
    "contents",
    "objective",
    "value",
    "exchange",
    "about",
    "kpis",
    "lifecycle",
    "sections",
    "reviews",
    "issues",
    "pages",
    "findings",
    "related",
    "backlinks",
];

/// Writes the parts of a partner's page.
pub fn view(workspace: &Workspace, partner: &PartnerEntry, measures: &PartnerMeasures, found: &[&Finding], parts: &mut Parts<'_>) {
    let names = Names { workspace };
    let context = &Measures::context(workspace);
    let scorecard = partner.scorecard_route();
    let page = &workspace.pages[partner.page];
    parts.add("header", |html| header(html, names, partner, measures));
    parts.add("side", |html| side(html, names, partner, measures, context, Counts::of(found.iter().copied())));
    parts.section("objective", "s-objective", "Objective", |html| objective(html, names, partner));
    parts.section("value", "s-value", "Value", |html| value(html, partner));
    parts.section("exchange", "s-exchange", "Exchange", |html| exchange(html, names, partner));
    parts.section("about", "s-about", "About", |html| prose::section(html, workspace, page, Some("s-about")));
    parts.section("kpis", "s-kpis", "KPIs", |html| kpis::overview(html, context, measures, &scorecard));
    parts.section("lifecycle", "s-lifecycle", "Lifecycle", |html| {
        if !partner.data.lifecycle.is_empty() {
            timeline(html, names, context, partner);
        }
    });
    let sections = sections::all(names, partner);
    parts.add("sections", |html| sections.iter().for_each(|section| section.write(html)));
    for section in &sections {
        parts.mention(&join!("s-", section.id), section.title);
    }
    parts.list("reviews", "Reviews", &quarters(workspace, partner));
    parts.list("issues", "Issues", &issues(workspace, partner));
    let pages: Vec<Entry<'_>> =
        partner.pages.iter().map(|at| &workspace.pages[*at]).map(|page| Entry::new(page.title.as_str(), &page.route)).collect();
    parts.list("pages", "Pages", &pages);
    parts.section("findings", "s-findings", "Findings", |html| findings::section(html, workspace, found, &page.path));
    parts.section("related", "s-related", "Related partners", |html| related(html, names, partner));
    parts.backlinks(&names.backlinks(page));
    let long = page.markdown.headings.len() >= 3 || !sections.is_empty();
    parts.contents(long);
}

fn header(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry, measures: &PartnerMeasures) {
    let data = &partner.data;
    html.between("<div class=title>\n<h1><bdi>", partner.name(), "</bdi></h1>\n");
    let (status, draft) = (status_badge(data.status), data.draft == Some(true));
    if draft || !status.is_nothing() {
        html.raw("<p class=badges>");
        if !status.is_nothing() {
            html.value(&status, "");
        }
        if draft {
            html.raw(" ").badge("draft", Tone::Quiet);
        }
        html.raw("</p>\n");
    }
    html.raw("</div>\n");
    if let Some(summary) = data.summary.as_deref().filter(|summary| !summary.is_empty()) {
        html.between("<p class=lead>", summary, "</p>\n");
    }
    let address = data.website.as_deref().and_then(website);
    if !data.aliases.is_empty() || address.is_some() {
        html.raw("<p class=aka>");
        for (at, alias) in data.aliases.iter().enumerate() {
            html.between(if at == 0 { "<span>Also known as <bdi>" } else { ", <bdi>" }, alias, "</bdi>");
        }
        html.raw(if data.aliases.is_empty() { "" } else { "</span>" });
        if let Some(address) = &address {
            html.raw(" <span>").value(&external(shown_address(address), address.as_str()), "").raw("</span>");
        }
        html.raw("</p>\n");
    }
    if let Some(hold) = on_hold(partner) {
        html.raw("<p class=\"notice tone-warn\">").icon("pause").between("<span><strong>On hold.</strong> ", &hold, "</span></p>\n");
    }
    stepper(html, names.workspace, partner, &measures.stage);
}

fn side(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry, measures: &PartnerMeasures, context: &Context<'_>, counts: Counts) {
    let mut facts = facts(names, partner, measures, context);
    let route = &names.workspace.pages[partner.page].route;
    if let Some((n, severity)) = counts.gravest() {
        let text = crate::text::count(n, severity.word());
        let link =
            Shown::Link(text.into(), Address::Inside(format!("{}#s-findings", path::encode(route)).into()), Some(findings::tone(severity)));
        let others = counts.all() - n;
        facts.extend(fact("Findings", if others == 0 { link } else { link.noted(format!("and {others} more")) }));
    }
    html.facts(facts.iter().map(|(label, value)| (label.as_ref(), value)), "facts").raw("\n");
    if !partner.data.tags.is_empty() {
        html.raw("<ul class=tags aria-label=Tags>");
        for tag in &partner.data.tags {
            html.raw("<li>").value(&names.listed(ListKind::Tag, Some(tag)), "none");
        }
        html.raw("</ul>\n");
    }
}

fn objective(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry) {
    html.raw("<section class=objective id=s-objective><h2>Objective</h2>\n");
    if let Some(objective) = &partner.data.objective {
        if let Some(outcome) = objective.outcome.as_deref().filter(|outcome| !outcome.is_empty()) {
            html.between("<p class=outcome>", outcome, "</p>\n");
        }
        let metric = objective.metric.as_deref();
        if metric.is_some() || objective.target.is_some() || objective.by.is_some() {
            html.raw("<dl class=inline>");
            if let Some(id) = metric {
                html.between("<div><dt>Measured by<dd>", &kpi_name(names.workspace, partner, id), "</div>");
            }
            if let Some(target) = &objective.target {
                let target = with_unit(names.workspace, partner, metric, &grouped(target));
                html.between("<div><dt>Target<dd>", &target, "</div>");
            }
            if let Some(by) = objective.by {
                html.raw("<div><dt>By<dd>").day(by).raw("</div>");
            }
            html.raw("</dl>\n");
        }
    } else {
        html.raw("<p class=empty>No objective yet</p>\n");
    }
    if !partner.data.goals.is_empty() {
        html.raw("<h3>Goals</h3>\n<ul class=entries>\n");
        for goal in &partner.data.goals {
            html.raw("<li>").text(goal.text.as_deref().unwrap_or_default());
            if let Some(id) = &goal.kpi {
                html.note(&kpi_name(names.workspace, partner, id));
            }
            if let Some(due) = goal.due {
                html.raw(" <span class=when>due ").day(due).raw("</span>");
            }
            html.raw("\n");
        }
        html.raw("</ul>\n");
    }
    html.raw("</section>\n");
}

fn value(html: &mut Html<'_>, partner: &PartnerEntry) {
    let Some(value) = &partner.data.value else {
        return;
    };
    html.section("value", "Value").raw("<div class=triptych>\n<div><h3>For us</h3>");
    points(html, &value.us);
    html.between("</div>\n<div><h3>For <bdi>", partner.name(), "</bdi></h3>");
    points(html, &value.partner);
    html.raw("</div>\n<div><h3>For the customer</h3>");
    points(html, &value.customer);
    html.raw("</div>\n</div></section>\n");
}

fn points(html: &mut Html<'_>, points: &[String]) {
    if points.is_empty() {
        html.raw("<p class=none>not stated</p>");
        return;
    }
    html.raw("<ul>");
    for point in points {
        html.raw("<li>").text(point);
    }
    html.raw("</ul>");
}

fn exchange(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry) {
    if partner.data.exchange.is_empty() {
        return;
    }
    html.section("exchange", "Exchange");
    diagrams::exchange(html, names, partner);
    html.raw("</section>\n");
}

fn related(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry) {
    if partner.related.is_empty() {
        return;
    }
    let facts: Vec<(&str, Shown<'_>)> = partner
        .related
        .iter()
        .map(|related| {
            let partners = related.partners.iter().map(|at| names.partner(&names.workspace.partners[*at])).collect();
            (related.label.as_str(), Shown::List(partners))
        })
        .collect();
    html.section("related", "Related partners");
    html.facts(facts.iter().map(|(label, value)| (*label, value)), "facts wide").raw("</section>\n");
}

fn shown_address(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

/// The name of a KPI for this partner.
pub fn kpi_name(workspace: &Workspace, partner: &PartnerEntry, id: &str) -> String {
    partner.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(id)).map_or_else(
        || {
            let kpi = workspace.settings.kpi(id, &crate::model::kpi::Kpi::default());
            kpi.name.unwrap_or_else(|| slug::title(id))
        },
        crate::workspace::kpis::PartnerKpi::name,
    )
}

/// A number of a KPI with its unit beside it.
fn with_unit(workspace: &Workspace, partner: &PartnerEntry, kpi: Option<&str>, number: &str) -> String {
    let Some(id) = kpi else { return number.to_owned() };
    let own = partner.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(id)).map(|kpi| kpi.kpi.clone());
    let unit = own.unwrap_or_else(|| workspace.settings.kpi(id, &crate::model::kpi::Kpi::default())).unit.unwrap_or_default();
    figures::with_unit(number, &unit)
}

fn on_hold(partner: &PartnerEntry) -> Option<String> {
    let hold = partner.data.on_hold.as_ref()?;
    let reason = hold.reason.as_deref().unwrap_or_default();
    Some(match hold.until {
        Some(until) if reason.is_empty() => join!("Until ", human_date(until), "."),
        Some(until) => join!("Until ", human_date(until), ": ", reason),
        None => reason.to_owned(),
    })
}

fn facts<'a>(names: Names<'a>, partner: &'a PartnerEntry, measures: &'a PartnerMeasures, context: &Context<'_>) -> Vec<Fact<'a>> {
    let data = &partner.data;
    let workspace = names.workspace;
    let since = data.agreement.as_ref().and_then(|a| a.signed).or_else(|| data.term.as_ref().and_then(|t| t.start));
    let commitment = partner.model.and_then(|at| workspace.settings.models.get(at)).and_then(|model| model.commitment);
    let model = match (names.model(partner), commitment) {
        (model @ Shown::Link(..), Some(commitment)) => model.noted(join!(commitment.word().replace('-', " "), " commitment")),
        (model, _) => model,
    };
    let scorecard = partner.scorecard_route();
    let health = if measures.kpis.is_empty() {
        Shown::Link("not measured".into(), Address::Inside(path::encode(&scorecard).into()), None)
    } else {
        let shown = match &measures.health.number {
            Some(number) => join!(health_number(context, number), " ", measures.health.band.word()),
            None => measures.health.band.word().to_owned(),
        };
        let link = Shown::Link(
            shown.into(),
            Address::Inside(join!(path::encode(&scorecard), "#s-health").into()),
            Some(band_tone(measures.health.band)),
        );
        link.noted(measures.quarter.title())
    };
    let score = figures::score(context, &measures.score).map_or(Shown::Nothing, |score| {
        let link = Shown::Link(score.into(), Address::Inside(join!(path::encode(&scorecard), "#s-scores").into()), None);
        let share = measures.score.share.as_ref().map(|share| figures::score_share(context, share)).unwrap_or_default();
        let coverage = figures::score_coverage(&measures.score.coverage);
        link.noted(match figures::veto(context, &measures.score) {
            Some(veto) => join!(share, ", coverage ", coverage, "; not passed: ", veto),
            None => join!(share, ", coverage ", coverage),
        })
    });
    let others = |text: String| Shown::Link(text.into(), Address::Inside(join!(path::encode(&scorecard), "#s-others").into()), None);
    let renewal = measures.renewal.as_ref().map_or(Shown::Nothing, |renewal| match renewal.window {
        Some(window) => others(human_date(renewal.deadline)).noted(window.word()),
        None => others(human_date(renewal.deadline)),
    });
    let roi = match (&measures.returns.roi, &measures.returns.multiple, measures.returns.missing.first()) {
        (Some(roi), Some(multiple), _) => {
            others(figures::signed_percent(roi)).noted(join!(multiple.show(2, &[Exact::ONE]), " × what we put in"))
        }
        (.., Some((currency, period))) => Shown::from("no number").noted(join!("no exchange rate for ", currency, " in ", period.title())),
        _ => Shown::Nothing,
    };
    let (next, _) = next_review(context, workspace, partner, measures);
    let owner = match names.owner(partner) {
        Shown::Nothing => badge("no owner", Tone::Warn),
        owner => owner,
    };
    let visible = data.visibility.map(|visibility| match visibility {
        Visibility::Internal => "us only",
        Visibility::Partner => "us and the partner",
    });
    [
        fact("Health", health),
        fact("Score", score),
        fact("Owner", owner),
        fact("Tier", names.tier(partner)),
        fact("Model", model),
        fact("Partner since", since.into()),
        fact("Term ends", data.term.as_ref().and_then(|term| term.end).into()),
        fact("Decide on renewal by", renewal),
        fact("Return on investment", roi),
        fact("Maturity", measures.maturity.map_or(Shown::Nothing, |maturity| others(maturity.title().to_owned()))),
        fact("Last reviewed", data.reviewed.into()),
        fact("Next review", next),
        fact("Visible to", visible.into()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// When the next review is: the day that was set, or the quarter that it is due for; and the day by which that sorts. Nothing
/// where no review is expected.
pub fn next_review<'a>(
    context: &Context<'_>,
    workspace: &Workspace,
    partner: &PartnerEntry,
    measures: &PartnerMeasures,
) -> (Shown<'a>, Option<Date>) {
    let set = partner.reviews.first().and_then(|at| match &workspace.pages[*at].kind {
        PageKind::Review(review, _) => review.next,
        _ => None,
    });
    let is_expected = is_reviewed(context, partner);
    match (&measures.next_review, set) {
        _ if measures.is_exited => (Shown::Nothing, None),
        _ if measures.stage.on_hold => (Shown::from("on hold"), None),
        (Some(next), _) if next.is_overdue && is_expected => {
            (badge("overdue", Tone::Bad).noted(next.quarter.title()), Some(next.overdue_from))
        }
        (_, Some(day)) if day >= workspace.as_of => (Shown::Time(day), Some(day)),
        (Some(next), _) if next.is_overdue => (Shown::from(next.quarter.title()), Some(next.overdue_from)),
        (Some(next), _) => (Shown::from(next.quarter.title()).noted(join!("by ", human_date(next.overdue_from))), Some(next.overdue_from)),
        (None, Some(day)) => (Shown::Time(day), Some(day)),
        (None, None) => (Shown::Nothing, None),
    }
}

fn quarters<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry) -> Vec<Entry<'a>> {
    let entry = |quarter: &'a Quarter| {
        let entry = Entry::new(quarter.period.title(), &quarter.route);
        match quarter.page.map(|at| &workspace.pages[at].kind) {
            Some(PageKind::Review(review, _)) => {
                let summary = review.summary.as_deref().map(first_sentence).filter(|summary| !summary.is_empty());
                entry.note(summary).time(review.date)
            }
            _ => entry.note(Some("numbers only")),
        }
    };
    partner.quarters.iter().map(entry).collect()
}

/// The first sentence of a text, for a list: up to a full stop after a whole word that a capital follows.
pub fn first_sentence(text: &str) -> String {
    let ends = text.match_indices(". ").find(|(at, _)| {
        let word = text[..*at].rsplit([' ', '.']).next().unwrap_or_default();
        word.chars().count() > 3 && text[at + 2..].chars().next().is_some_and(char::is_uppercase)
    });
    ends.map_or(text, |(at, _)| &text[..=at]).to_owned()
}

fn issues<'a>(workspace: &'a Workspace, partner: &PartnerEntry) -> Vec<Entry<'a>> {
    let mut all: Vec<_> = partner
        .issues
        .iter()
        .filter_map(|at| match &workspace.pages[*at].kind {
            PageKind::Issue(issue) => Some((&workspace.pages[*at], issue)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(_, issue)| (!issue.is_open(), issue.severity, std::cmp::Reverse(issue.opened)));
    all.into_iter()
        .map(|(page, issue)| {
            let words: Vec<String> =
                issue.severity.map(|s| s.word().to_owned()).into_iter().chain(issue.status.map(|s| s.word().replace('-', " "))).collect();
            let note = Some(words.join(", ")).filter(|words| !words.is_empty());
            Entry::new(page.title.as_str(), &page.route).note(note).time(issue.resolved.or(issue.opened)).tone(super::issue::tone(issue))
        })
        .collect()
}
