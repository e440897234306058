//! The KPIs of a partner at a glance, and all values of one.

use super::drawings;
use super::figures::{actual, attainment, status, target, write_trend};
use super::html::Html;
use super::value::Shown;
use super::why;
use crate::measures::explain::{OfPartner, Source};
use crate::measures::{Context, KpiMeasures, PartnerMeasures, PeriodMeasure};
use crate::model::kpi::{Aggregate, Direction};
use crate::model::period::{Granularity, Period};
use crate::text::slug;

/// The period of a KPI that stands for it: the newest closed one with a value, else the newest.
pub fn latest<'k>(context: &Context<'_>, kpi: &'k KpiMeasures) -> Option<&'k PeriodMeasure> {
    kpi.latest(context).or(kpi.periods.last())
}

/// Writes the KPIs of a partner, each with its latest value and how it came there.
pub fn overview(html: &mut Html<'_>, context: &Context<'_>, measures: &PartnerMeasures, scorecard: &str) {
    html.section("kpis", "KPIs");
    if measures.kpis.is_empty() {
        html.raw("<p class=\"empty\">No KPIs yet</p>\n</section>\n");
        return;
    }
    html.open_table("KPIs", "dash").columns(["KPI", "Latest", "Target", "Attainment", "Trend", "Over time"]).raw("<tbody>\n");
    for kpi in &measures.kpis {
        html.between("<tr><th scope=\"row\">", &kpi.name, "");
        let Some(measure) = latest(context, kpi) else {
            html.raw("</th><td colspan=\"5\">").none("not measured yet").raw("</td></tr>\n");
            continue;
        };
        html.between("<small>", &measure.period.title(), "</small></th>").cell(&actual(kpi, measure), "missing");
        html.cell(&Shown::from(target(kpi, measure)), "no target").raw("<td>");
        attained(html, context, measure);
        html.raw("</td><td>");
        write_trend(html, kpi, measure.trend.as_ref());
        html.raw("</td><td>");
        drawings::sparkline(html, kpi, kpi.periods.len());
        html.raw("</td></tr>\n");
    }
    html.close_table()
        .raw("<p class=\"more-link\"><a href=\"")
        .route(scorecard)
        .raw("\">Scorecard: how these numbers come about</a></p>\n</section>\n");
}

/// Writes an attainment with its status.
pub fn attained(html: &mut Html<'_>, context: &Context<'_>, measure: &PeriodMeasure) {
    if let Some(fraction) = &measure.attainment {
        html.raw("<span class=\"pct\">").raw(&attainment(context, fraction)).raw("</span> ");
    }
    html.value(&status(measure.status), "none");
}

/// Writes the anchor of a KPI's period on the scorecard; `id` is the anchor of the KPI.
pub fn anchor(html: &mut Html<'_>, id: &str, period: Period) {
    html.between("k-", id, "-").raw(&period.key());
}

/// Writes all values of a KPI, the newest first, with where each is written and how the rest follows from it.
pub fn values(html: &mut Html<'_>, context: &Context<'_>, explain: &OfPartner<'_>, at: usize, kpi: &KpiMeasures) {
    let id = slug::anchor(&kpi.id);
    html.raw("<details class=\"values\"><summary>All values, and how they come about</summary>\n").open_table(&kpi.name, "dash");
    html.columns(["Period", "Actual", "Target", "Attainment", "Trend"]).raw("<tbody>\n");
    for measure in kpi.periods.iter().rev() {
        let (actual, target) = (explain.actual_source(at, measure.period), explain.target_source(at, measure.period));
        value_row(html, context, explain, (&id, kpi), measure, [actual, target]);
    }
    if kpi.granularity == Granularity::Month {
        let mut quarters: Vec<Period> =
            kpi.periods.iter().filter_map(|known| known.period.within(Granularity::Quarter, context.fiscal_year_start())).collect();
        quarters.dedup();
        for quarter in quarters.into_iter().rev().filter_map(|quarter| kpi.at(context, quarter)) {
            value_row(html, context, explain, (&id, kpi), &quarter, [None, None]);
        }
    }
    html.close_table();
    notes(html, kpi);
    html.raw("</details>\n");
}

/// What holds for most KPIs, said once for all of them.
pub const FORMULAS: &str = "Attainment = actual ÷ target, and trend = (actual − the one before) ÷ the size of the one before, where nothing else is \
    said. Within 2 % it is stable.";

/// Says what is different about a KPI.
fn notes(html: &mut Html<'_>, kpi: &KpiMeasures) {
    let has_target = kpi.periods.iter().any(|known| known.target.is_some() || known.range.is_some());
    let mut note = |text: &str| {
        html.raw("<p class=\"note\">").raw(text).raw("</p>\n");
    };
    match (kpi.direction, &kpi.baseline) {
        _ if !has_target => note("Without a target there is no attainment."),
        (Direction::Range(..), _) => note(
            "Attainment is 100 % inside the range; below it actual ÷ lower bound, above it 1 − (actual − upper bound) ÷ upper bound. Trend: how \
             much nearer to the range, or farther, in parts of the value before.",
        ),
        (_, Some(_)) => note("Attainment = (actual − baseline) ÷ (target − baseline)."),
        (Direction::Lower, None) => note("Lower is better: attainment = 2 − actual ÷ target."),
        (Direction::Higher, None) => {}
    }
    if kpi.granularity == Granularity::Month {
        note(match kpi.aggregate {
            Aggregate::Sum => "A quarter is the sum of its months.",
            Aggregate::Last => "A quarter has the value of its last month.",
            Aggregate::Average => "A quarter is the average of its months.",
            Aggregate::Min => "A quarter has the lowest value of its months.",
            Aggregate::Max => "A quarter has the highest value of its months.",
        });
    }
    if kpi.mixed {
        note("Values of longer or shorter periods than most are written too; they are not looked at.");
    }
}


fn value_row(
    html: &mut Html<'_>,
    context: &Context<'_>,
    explain: &OfPartner<'_>,
    (id, kpi): (&str, &KpiMeasures),
    measure: &PeriodMeasure,
    sources: [Option<Source>; 2],
) {
    html.raw("<tr id=\"");
    anchor(html, id, measure.period);
    html.raw("\"><th scope=\"row\">").raw(&measure.period.title()).raw("</th><td>");
    let [from_actual, from_target] = sources;
    html.value(&actual(kpi, measure), "missing");
    why::source(html, explain.path(), from_actual.as_ref());
    html.raw("</td><td>").value(&Shown::from(target(kpi, measure)), "no target");
    why::source(html, explain.path(), from_target.as_ref());
    html.raw("</td><td>");
    attained(html, context, measure);
    html.raw("</td><td>");
    write_trend(html, kpi, measure.trend.as_ref());
    html.raw("</td></tr>\n");
}
