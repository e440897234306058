//! The scorecard of a partner: scores with their evidence, KPIs against their targets, and the health they add up to.

use super::drawings;
use super::figures::{self, actual, attainment, health_number, percent, score, status, target, write_trend};
use super::html::Html;
use super::kpis::{self, Values};
use super::names::Names;
use super::parts::Parts;
use super::value::{Address, Shown, badge};
use super::why::Sources;
use crate::measures::context::Context;
use crate::measures::explain::OfPartner;
use crate::measures::health::CategoryHealth;
use crate::measures::series::KpiMeasures;
use crate::measures::status::Status;
use crate::measures::{Exact, PartnerMeasures};
use crate::text::{join, slug};
use crate::workspace::{PartnerEntry, Workspace};

/// The parts that `scorecard.hbs` receives.
pub const PARTS: &[&str] = &["header", "health", "kpis", "scores", "others", "sources"];

/// Writes the parts of a scorecard.
pub fn view(workspace: &Workspace, partner: &PartnerEntry, measures: &PartnerMeasures, parts: &mut Parts<'_>) {
    let context = &Context::new(&workspace.settings, workspace.as_of);
    let names = Names { workspace };
    parts.add("header", |html| header(html, names, partner, measures, context));
    let explain = &OfPartner::new(workspace, partner, measures).side_by_side();
    let anchors = kpis::anchors(&measures.kpis);
    let sources = Sources { kpis: &anchors, ..Sources::new(workspace, explain.path()) };
    let id = partner.id.as_str();
    parts.section("health", "s-health", "Health", |html| health(html, id, context, explain, sources, measures));
    parts.section("kpis", "s-kpis", "KPIs", |html| kpis(html, id, context, explain, sources, measures));
    parts.section("scores", "s-scores", "Score", |html| scores(html, context, partner, explain, sources, measures));
    parts.section("others", "s-others", "Other numbers", |html| others(html, id, explain, sources, measures));
    parts.add("sources", |html| {
        html.between("<p class=note>Lines without a file are lines of <code>", explain.path(), "</code>.</p>\n");
    });
}

fn header(html: &mut Html<'_>, names: Names<'_>, partner: &PartnerEntry, measures: &PartnerMeasures, context: &Context<'_>) {
    html.raw("<h1>").link(partner.name(), &names.workspace.pages[partner.page].route);
    html.raw(" <span>").period(measures.quarter).raw("</span></h1>\n");
    html.raw("<dl class=inline>\n");
    let mut fact = |label: &str, value: &Shown<'_>| {
        html.between("<div><dt>", label, "<dd>").value(value, "none").raw("</div>\n");
    };
    fact("Health", &figures::health(context, measures.health.number.as_ref(), measures.health.band));
    if measures.targets_met.of > 0 {
        fact("Targets met", &Shown::Link(figures::targets(&measures.targets_met).into(), Address::Outside("#s-targets".into()), None));
    }
    if !measures.score.rows.is_empty() {
        fact("Score", &Shown::from(score(context, &measures.score).unwrap_or_else(|| "not enough data".to_owned())));
    }
    fact("Stage", &names.partner_stage(partner));
    fact(
        "Owner",
        &match names.owner(partner) {
            Shown::Nothing => badge("no owner", super::value::Tone::Warn),
            owner => owner,
        },
    );
    html.raw("</dl>\n");
}

/// The health, broken down so that anyone can follow the sum.
fn health(html: &mut Html<'_>, id: &str, context: &Context<'_>, explain: &OfPartner<'_>, sources: Sources<'_>, measures: &PartnerMeasures) {
    let health = &measures.health;
    html.section("health", "Health").raw("<p class=note>In ").period(health.quarter).raw(", the latest closed quarter.</p>\n");
    if measures.kpis.is_empty() {
        html.raw("<p class=empty>Nothing is measured yet</p>\n</section>\n");
        return;
    }
    drawings::gauge(html, context, health);
    html.open_table("How health is made up", "n1 n2 n3 n4").columns(["Category", "Weight", "Measured", "Value", "Adds"]);
    let mut measured = Exact::ZERO;
    for category in health.categories.iter().filter(|category| category.value.is_some()) {
        measured = measured + &category.weight;
    }
    for category in &health.categories {
        category_row(html, context, measures, category, &measured);
    }
    let rules = &context.settings.health;
    html.raw("\n<tfoot><tr><th scope=row>Health<td>").raw(&measured.show(2, &[])).raw("<td>");
    html.raw(&figures::health_coverage(context, &health.coverage)).raw("<td><td>");
    match &health.number {
        Some(number) => html.raw(&health_number(context, number)),
        None => html.none("no number"),
    };
    html.raw("</table></div>\n<p class=note>");
    match &health.number {
        Some(_) => html.raw("The mean of the values, weighted, over the categories that have one. "),
        None => html.raw("Too little is measured for a number: coverage must reach ").show(rules.coverage.normalize()).raw(" %. "),
    };
    html.raw("Green from ").show(rules.green.normalize()).raw(", yellow from ").show(rules.yellow.normalize()).raw(".");
    html.raw("</p>\n");
    sources.details(html, &explain.health(health.quarter), &join!(id, " health"));
    if measures.targets_met.of > 0 {
        html.raw("<p class=how-of id=s-targets>Targets met: ").raw(&figures::targets(&measures.targets_met));
        if let (Some(mean), Some(capped)) = (&measures.targets_met.mean, &measures.targets_met.mean_capped) {
            html.raw("; mean attainment ").raw(&attainment(context, mean));
            if mean != capped {
                html.raw(", or ").raw(&attainment(context, capped)).raw(" with each at most 100 %");
            }
        }
        html.raw("</p>");
        sources.details(html, &explain.targets_met(health.quarter), &join!(id, " targets"));
    }
    health_by_quarter(html, context, measures);
    html.raw("</section>\n");
}

/// Health in every quarter with its categories, which is what the reviews of those quarters show.
fn health_by_quarter(html: &mut Html<'_>, context: &Context<'_>, measures: &PartnerMeasures) {
    if measures.health_by_quarter.is_empty() {
        return;
    }
    html.raw("<details class=values><summary>Health in every quarter</summary>\n").open_table("Health in every quarter", "sums");
    html.raw("<thead><tr><th scope=col>Quarter");
    for category in measures.health.categories.iter().filter(|category| !category.weight.is_zero()) {
        html.between("<th scope=col>", &slug::title(category.category.word()), " × ").raw(&category.weight.show(2, &[]));
    }
    html.raw("<th scope=col>Coverage<th scope=col>Health<th scope=col>Targets met<tbody>\n");
    for then in measures.health_by_quarter.iter().rev() {
        html.raw("<tr id=\"health-").period_key(then.quarter).raw("\"><th scope=row>").period(then.quarter);
        let shown = then.values.iter().zip(&measures.health.categories).filter(|(_, category)| !category.weight.is_zero());
        for (value, _) in shown {
            let value = value.as_ref().map(|value| health_number(context, value));
            html.cell(&Shown::from(value), "none");
        }
        html.raw("<td>").raw(&figures::health_coverage(context, &then.coverage));
        html.cell(&figures::health(context, then.number.as_ref(), then.band), "unknown");
        html.raw("<td>").raw(&figures::met(then.met, then.of)).raw("\n");
    }
    html.close_table();
    html.raw(
        "<p class=note>Health = the sum of value × weight over the categories that have a value, divided by their weights. The value of a \
              category is the mean attainment of its KPIs, each counted up to 100 %; which they are stands above, and their attainment \
              in each quarter stands with their values below.</p></details>\n",
    );
}

/// The numbers that need no table: return, renewal, stage, next review.
fn others(html: &mut Html<'_>, id: &str, explain: &OfPartner<'_>, sources: Sources<'_>, measures: &PartnerMeasures) {
    let mut all = vec![explain.stage_age()];
    if measures.maturity.is_some() {
        all.push(explain.maturity());
    }
    if measures.renewal.is_some() {
        all.push(explain.renewal());
    }
    if measures.next_review.is_some() {
        all.push(explain.next_review());
    }
    if measures.returns.roi.is_some() {
        all.push(explain.roi());
    }
    html.section("others", "Other numbers").raw("<dl class=\"facts wide whys\">\n");
    for one in &all {
        html.between("<div><dt>", &one.title, "<dd>").text(&one.result);
        sources.details(html, one, id);
        html.raw("</div>\n");
    }
    html.raw("</dl></section>\n");
}

fn category_row(html: &mut Html<'_>, context: &Context<'_>, measures: &PartnerMeasures, category: &CategoryHealth, measured: &Exact) {
    html.between("<tr><th scope=row>", &slug::title(category.category.word()), "<small>");
    let inputs: Vec<String> = category
        .kpis
        .iter()
        .map(|part| {
            let name = &measures.kpis[part.kpi].name;
            let why = || {
                let status = measures.kpis[part.kpi].in_quarter(context, measures.health.quarter).map(|found| found.status);
                status.filter(|status| *status != Status::Missing).map_or("not measured", Status::word).to_owned()
            };
            let value = part.capped.as_ref().map_or_else(why, |fraction| attainment(context, fraction));
            let weight = if part.weight == Exact::ONE { String::new() } else { join!(" × ", part.weight.show(2, &[])) };
            join!(name, " ", value, weight)
        })
        .collect();
    html.text(&if inputs.is_empty() { "no KPI in this category".to_owned() } else { inputs.join(" · ") }).raw("</small><td>");
    html.raw(&category.weight.show(2, &[])).raw("<td>").raw(&percent(&category.coverage)).raw("<td>");
    match &category.value {
        Some(value) => html.raw(&health_number(context, value)),
        None => html.none("none"),
    };
    html.raw("<td>");
    let adds = category.value.as_ref().filter(|_| measures.health.number.is_some());
    match adds.and_then(|value| (value * &category.weight).over(measured)) {
        Some(adds) => html.raw(&adds.show(figures::PLACES, &[])),
        None => html.none("nothing"),
    };
    html.raw("\n");
}

fn kpis(html: &mut Html<'_>, id: &str, context: &Context<'_>, explain: &OfPartner<'_>, sources: Sources<'_>, measures: &PartnerMeasures) {
    html.section("kpis", "KPIs");
    if measures.kpis.is_empty() {
        html.raw("<p class=empty>No KPIs yet</p>\n</section>\n");
        return;
    }
    html.open_table("KPIs in their latest closed period", "n2 n3 n4");
    html.columns(["KPI", "Period", "Actual", "Target", "Attainment", "Status", "Trend", "Data age"]);
    for kpi in &measures.kpis {
        kpi_row(html, context, kpi);
    }
    html.close_table();
    html.raw("<div class=histories>\n");
    for (at, kpi) in measures.kpis.iter().enumerate().filter(|(_, kpi)| !kpi.periods.is_empty()) {
        let values = Values { at, kpi, anchor: &sources.kpis[at], explain, sources };
        html.between("<section class=hist id=\"", values.anchor, "\"><h3>").text(&kpi.name);
        if !kpi.unit.is_empty() {
            html.between(" <small>", &kpi.unit, "</small>");
        }
        html.raw("</h3>\n");
        drawings::history(html, kpi);
        values.how(html, &join!(id, " ", kpi.id));
        values.all(html, context);
        html.raw("</section>\n");
    }
    html.raw("</div>\n</section>\n");
}

fn kpi_row(html: &mut Html<'_>, context: &Context<'_>, kpi: &KpiMeasures) {
    html.raw("<tr><th scope=row>").text(&kpi.name);
    if let Some(category) = kpi.category {
        html.between("<small>", &slug::title(category.word()), "</small>");
    }
    let closed = kpi.periods.iter().rfind(|measure| context.is_closed(measure.period));
    let Some(measure) = closed.or(kpi.periods.last()) else {
        html.raw("<td colspan=7>").none("never measured").raw("\n");
        return;
    };
    html.raw("<td>").period(measure.period).cell(&actual(kpi, measure), "missing");
    html.cell(&Shown::from(target(kpi, measure)), "no target");
    html.cell(&Shown::from(measure.attainment.as_ref().map(|fraction| attainment(context, fraction))), "no number");
    html.cell(&status(measure.status), "none").raw("<td>");
    write_trend(html, kpi, measure.trend.as_ref());
    let run = kpi.declining_run(context);
    if run > 1 {
        html.raw("<small class=\"src bad\">").show(run).raw(" declines in a row</small>");
    }
    let age = kpi.data_age(context).map(crate::measures::words::days);
    html.cell(&Shown::from(age), "never").raw("\n");
}

/// The weighted score with its evidence.
fn scores(
    html: &mut Html<'_>,
    context: &Context<'_>,
    partner: &PartnerEntry,
    explain: &OfPartner<'_>,
    sources: Sources<'_>,
    measures: &PartnerMeasures,
) {
    let (found, settings) = (&measures.score, context.settings);
    if found.rows.is_empty() {
        return;
    }
    html.section("scores", "Score");
    drawings::scores(html, context, found);
    html.open_table("How the score is made up", "n1 n2 n3 n4");
    html.columns(["Criterion", "Weight", "Score", "Counts as", "Adds", "Evidence", "On"]);
    for row in &found.rows {
        let criterion = &settings.criteria[row.criterion];
        html.raw("<tr><th scope=row>").text(&criterion.name);
        if criterion.inverse {
            html.raw("<small>less is better</small>");
        }
        if let Some(minimum) = criterion.minimum {
            html.raw(if row.veto { "<small class=bad>under its minimum of " } else { "<small>at least " }).show(minimum.normalize());
            html.raw("</small>");
        }
        if let Some(line) = row.score.as_ref().and_then(|_| explain.lines().line(&["scores", &criterion.id])) {
            html.raw("<small class=src>line ").show(line).raw("</small>");
        }
        html.raw("<td>").raw(&row.weight.show(2, &[]));
        for number in [&row.score, &row.effective, &row.contribution] {
            html.cell(&Shown::from(number.as_ref().map(|number| number.show(2, &[]))), "none");
        }
        html.cell(&Shown::from(row.evidence.as_deref()), "none");
        html.raw("<td>").day_or(row.on, "undated").raw("\n");
    }
    html.raw("\n<tfoot><tr><th scope=row>Score<td>").raw(&figures::score_coverage(&found.coverage)).raw("<td><td><td>");
    match score(context, found) {
        Some(score) => html.raw(&score),
        None => html.none("not enough data"),
    };
    html.raw("<td colspan=2>");
    if let Some(share) = &found.share {
        html.raw(&figures::score_share(context, share)).raw(" of the highest score; ");
    }
    html.raw(match found.passed {
        Some(true) => "passed",
        Some(false) => "not passed",
        None => "too little is scored to tell",
    });
    if let Some(veto) = figures::veto(context, found) {
        html.raw(", because ").text(&veto);
    }
    html.raw(" (pass mark ").show(settings.scoring.pass.normalize()).raw(" %)</table></div>\n");
    sources.details(html, &explain.score(), &join!(partner.id, " score"));
    html.raw("</section>\n");
}
