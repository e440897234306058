//! KPI tables: one for each granularity, newest period last.

use super::html::Html;
use crate::content::scalar::grouped;
use crate::model::kpi::{Actual, Direction, Target};
use crate::model::period::{Granularity, Period};
use crate::workspace::references::PartnerKpi;

/// Writes the tables of a partner's KPIs. `keep` chooses the periods; the newest ones that fit are shown.
pub fn tables(html: &mut Html<'_>, kpis: &[PartnerKpi], keep: impl Fn(Period) -> bool, most: impl Fn(Granularity) -> usize) {
    html.section("kpis", "KPIs");
    if kpis.is_empty() {
        html.raw("<p class=\"empty\">No KPIs yet</p>\n");
    }
    for (granularity, title) in [(Granularity::Quarter, "By quarter"), (Granularity::Month, "By month"), (Granularity::Year, "By year")] {
        let mut periods: Vec<Period> = kpis
            .iter()
            .flat_map(|kpi| kpi.kpi.actuals.0.iter().map(|(period, _)| *period))
            .filter(|period| period.granularity() == granularity && keep(*period))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        let drop = periods.len().saturating_sub(most(granularity));
        periods.drain(..drop);
        if periods.is_empty() {
            continue;
        }
        let measured = |kpi: &&PartnerKpi| kpi.kpi.actuals.0.iter().any(|(period, _)| periods.contains(period));
        table(html, title, &periods, kpis.iter().filter(measured));
    }
    if kpis.iter().any(|kpi| kpi.kpi.actuals.0.is_empty()) {
        table(html, "Not measured yet", &[], kpis.iter().filter(|kpi| kpi.kpi.actuals.0.is_empty()));
    }
    html.raw("</section>\n");
}

fn table<'k>(html: &mut Html<'_>, title: &str, periods: &[Period], kpis: impl Iterator<Item = &'k PartnerKpi>) {
    html.between("<h3>", title, "</h3>\n<div class=\"table-wrap to-end\" tabindex=\"0\" role=\"region\" aria-label=\"KPIs, ");
    html.between("", title, "\"><table class=\"kpi\">\n<thead><tr><th scope=\"col\">KPI</th>");
    for period in periods {
        html.between("<th scope=\"col\">", &period.title(), "</th>");
    }
    html.raw("<th scope=\"col\">Target</th></tr></thead>\n<tbody>\n");
    for kpi in kpis {
        row(html, kpi, periods);
    }
    html.close_table();
    if periods.len() > 6 {
        html.raw("<p class=\"print-only note\">The last 6 of ").show(periods.len()).raw(" periods are printed.</p>\n");
    }
}

fn row(html: &mut Html<'_>, kpi: &PartnerKpi, periods: &[Period]) {
    html.between("<tr><th scope=\"row\">", &kpi.name(), " <small>").text(kpi.kpi.unit.as_deref().unwrap_or_default()).raw("</small>");
    match kpi.kpi.direction {
        Some(Direction::Lower) => html.raw("<small>lower is better</small>"),
        Some(Direction::Range(lo, hi)) => {
            html.raw("<small>best between ").raw(&grouped(&lo)).raw(" and ").raw(&grouped(&hi)).raw("</small>")
        }
        _ => html,
    };
    html.raw("</th>");
    for period in periods {
        html.raw("<td>").raw(&kpi.kpi.actuals.get(*period).map_or_else(|| "none".to_owned(), |actual: &Actual| actual.show())).raw("</td>");
    }
    let target = match periods.last() {
        Some(period) => kpi.target(*period),
        None => match &kpi.kpi.target {
            Some(Target::Always(number)) => Some(*number),
            Some(Target::From(series)) => series.0.last().map(|(_, number)| *number),
            None => None,
        },
    };
    html.raw("<td>");
    match (target, kpi.kpi.direction) {
        (Some(number), _) => html.raw(&grouped(&number)),
        (None, Some(Direction::Range(lo, hi))) => html.raw(&grouped(&lo)).raw("–").raw(&grouped(&hi)),
        (None, _) => html.none("none"),
    };
    html.raw("</td></tr>\n");
}
