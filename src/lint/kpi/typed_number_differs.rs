use super::super::{Check, Lint, Subject};
use super::prose;
use super::stated::{About, Named, Stated, stated};
use crate::content::front_matter::{Split, split};
use crate::diagnostics::{Finding, Place, Rule, Severity, Step};
use crate::measures::{Exact, KpiMeasures, PeriodMeasure, words};
use crate::model::period::Period;
use crate::model::review::Review;
use crate::route;
use crate::text::lines::floor_boundary;
use crate::workspace::PageRef;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/typed-number-differs",
        severity: Severity::Warning,
        summary: "A quarterly review states in words what a KPI reached, and its data says something else.",
        why: "The page of a review shows both, a few lines apart. The executives who notice will trust neither, and a number that was \
              corrected later stays wrong in the one document that is sent around.",
        fires: "\
kpis: {revenue: {target: 80000, actuals: {2026-Q2: 79000, 2026-Q3: 66000}}}
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-14
---
Revenue was 68,000 in the quarter, which is not bad for a budget year.",
        says: "this review says that `revenue` was 68,000, and the data says USD 66,000 for 2026-Q3",
        passes: "\
kpis: {revenue: {target: 80000, actuals: {2026-Q2: 79000, 2026-Q3: 66000}}}
=== content/partners/acme/qbr/2026-Q3.md
---
date: 2026-10-14
summary: Revenue reached 82.5 % of its target
---
Revenue was 66k in the quarter, which is not bad for a budget year.",
        fix: "Correct the words or the data. Better still, leave the number out of the words: the page of the review shows it.\n\n\
              Only plain statements are judged, in `summary`, `wins`, `challenges` and the text: a sentence that starts with the id or the \
              name of a KPI, says what it was or reached, and goes on no further. Numbers may be rounded, as 66k for 66,400.",
        settings: "",
    },
    check: Check::Partner(check),
    ages: false,
};

fn check(partner: &Subject<'_>, found: &mut Vec<Finding>) {
    if partner.measures.kpis.is_empty() {
        return;
    }
    let mut named: Option<Vec<Named>> = None;
    for (page, period, review) in partner.reviews() {
        if !partner.whole.context.is_closed(period) {
            continue;
        }
        // Most reviews state no number in words.
        let texts = texts(review);
        let in_prose = page.markdown.has_digit;
        if texts.is_empty() && !in_prose {
            continue;
        }
        let named =
            named.get_or_insert_with(|| partner.measures.kpis.iter().map(|kpi| Named::new(&kpi.id, &kpi.name, &kpi.unit)).collect());
        let (quarter, year) = match period {
            Period::Quarter(year, quarter) => (format!("q{quarter}"), year.to_string()),
            Period::Month(year, _) | Period::Year(year) => (String::new(), year.to_string()),
        };
        let mut judge = |sentence: &str, route: Option<Vec<Step>>| {
            let Some(stated) = stated(sentence, named, &quarter, &year) else { return };
            found.extend(contradiction(partner, page, period, sentence, &stated, route));
        };
        for (text, route) in texts {
            for sentence in prose::of_text(&text) {
                judge(&sentence, Some(route.clone()));
            }
        }
        if in_prose {
            for sentence in prose::of_html(&page.markdown.html) {
                judge(&sentence, None);
            }
        }
    }
}

/// The words of a review's front matter that look back and have a number in them.
fn texts(review: &Review) -> Vec<(String, Vec<Step>)> {
    let mut found = Vec::new();
    let mut add = |text: &'_ Option<String>, route: &dyn Fn() -> Vec<Step>| {
        if let Some(text) = text.as_deref().filter(|text| has_digit(text)) {
            found.push((text.to_owned(), route()));
        }
    };
    add(&review.summary, &|| route!["summary"]);
    for (at, win) in review.wins.iter().enumerate() {
        add(&win.title, &|| route!["wins", at, "title"]);
        add(&win.impact, &|| route!["wins", at, "impact"]);
    }
    for (at, challenge) in review.challenges.iter().enumerate() {
        add(&challenge.title, &|| route!["challenges", at, "title"]);
        add(&challenge.impact, &|| route!["challenges", at, "impact"]);
    }
    found
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A finding where the data says something else.
fn contradiction(
    partner: &Subject<'_>,
    page: &PageRef,
    period: Period,
    sentence: &str,
    stated: &Stated,
    route: Option<Vec<Step>>,
) -> Option<Finding> {
    let context = &partner.whole.context;
    let (kpi, measures) = partner.kpis().nth(stated.kpi)?;
    let measure = measures.at(context, period)?;
    let actual = measure.actual.as_ref()?;
    if is_true(partner, measures, &measure, stated) {
        return None;
    }
    let id = &kpi.id;
    let (says, data) = match stated.about {
        About::Attainment => {
            let attainment = words::attainment(context, measure.attainment.as_ref()?);
            (format!("`{id}` reached {} % of its target", stated.written), attainment)
        }
        About::Value => (format!("`{id}` was {}", stated.written), words::amount(measures, &measure, actual)),
        About::Either => (format!("`{id}` was {} %", stated.written), words::amount(measures, &measure, actual)),
    };
    let message = format!("this review says that {says}, and the data says {data} for {period}");
    let place = route.map_or_else(|| in_text(partner, page, sentence, &stated.written), Place::Key);
    let part = period.parts(measures.granularity, context.fiscal_year_start()).last().unwrap_or(period);
    let (path, value) = partner.actual(kpi, part);
    let finding = partner.finding_in(&LINT, &page.path, place, message).related(&path, value, "the data");
    Some(finding.help("correct the words or the data, or leave the number out: the page of the review shows it"))
}

/// True where a statement fits what was reached, or the value of a month of that period.
fn is_true(partner: &Subject<'_>, kpi: &KpiMeasures, measure: &PeriodMeasure, stated: &Stated) -> bool {
    let fits = |number: &Exact| (number - &stated.number).abs() < stated.slack;
    let attained = || measure.attainment.as_ref().is_none_or(|attainment| fits(&attainment.percent()));
    let reached = || {
        let mut parts = measure.period.parts(kpi.granularity, partner.whole.context.fiscal_year_start());
        measure.actual.as_ref().is_none_or(fits)
            || parts.any(|part| kpi.listed(part).and_then(|part| part.actual.as_ref()).is_some_and(fits))
    };
    match stated.about {
        About::Value => reached(),
        About::Attainment => attained(),
        About::Either => reached() || measure.attainment.is_some() && attained(),
    }
}

/// Where a number stands in the text of a page; the page as a whole where it is written in another way.
fn in_text(partner: &Subject<'_>, page: &PageRef, sentence: &str, written: &str) -> Place {
    let text = partner.whole.workspace.text(&page.path);
    let start = match split(&text) {
        Split::Found { body, .. } | Split::None { body } => body.start,
        Split::Unclosed { .. } => 0,
    };
    let start = floor_boundary(&text, start);
    // The sentence starts with words that stand in the text as they are, up to its first markup.
    let opening: String = sentence.chars().take_while(|c| c.is_alphanumeric() || *c == ' ').take(24).collect();
    let from = text[start..].find(opening.trim()).map_or(start, |at| start + at);
    let at = text[from..].find(written).map(|at| from + at);
    at.map_or(Place::File, |at| Place::Span(at..at + written.len()))
}
