//! The KPIs of a partner at a glance, and all values of one.

use super::drawings;
use super::figures::{actual, attainment, status, target, write_trend};
use super::html::Html;
use super::value::Shown;
use crate::measures::{Context, KpiMeasures, PartnerMeasures, PeriodMeasure};

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

/// Writes all values of a KPI, the newest first.
pub fn values(html: &mut Html<'_>, context: &Context<'_>, kpi: &KpiMeasures) {
    html.raw("<details class=\"values\"><summary>All values</summary>\n").open_table(&kpi.name, "dash");
    html.columns(["Period", "Actual", "Target", "Attainment", "Trend"]).raw("<tbody>\n");
    for measure in kpi.periods.iter().rev() {
        html.between("<tr><th scope=\"row\">", &measure.period.title(), "</th>").cell(&actual(kpi, measure), "missing");
        html.cell(&Shown::from(target(kpi, measure)), "no target").raw("<td>");
        attained(html, context, measure);
        html.raw("</td><td>");
        write_trend(html, kpi, measure.trend.as_ref());
        html.raw("</td></tr>\n");
    }
    html.close_table().raw("</details>\n");
}
