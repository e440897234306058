//! The KPIs of a partner at a glance, and all values of one.

use super::drawings;
use super::figures::{actual, attainment, status, target, write_trend};
use super::html::Html;
use super::value::Shown;
use super::why::Sources;
use crate::measures::explain::{OfPartner, Source};
use crate::measures::{Context, KpiMeasures, PartnerMeasures, PeriodMeasure};
use crate::model::period::{Granularity, Period};
use crate::text::{join, slug};

/// Writes the KPIs of a partner, each with its latest value and how it came there.
pub fn overview(html: &mut Html<'_>, context: &Context<'_>, measures: &PartnerMeasures, scorecard: &str) {
    html.section("kpis", "KPIs");
    if measures.kpis.is_empty() {
        html.raw("<p class=empty>No KPIs yet</p>\n</section>\n");
        return;
    }
    html.open_table("KPIs", "dash").columns(["KPI", "Latest", "Target", "Attainment", "Trend", "Over time"]);
    for kpi in &measures.kpis {
        html.raw("<tr><th scope=row>").text(&kpi.name);
        let Some(measure) = kpi.current(context) else {
            html.raw("<td colspan=5>").none("not measured yet").raw("\n");
            continue;
        };
        html.raw("<small>").period(measure.period).raw("</small>").cell(&actual(kpi, measure), "missing");
        html.cell(&Shown::from(target(kpi, measure)), "no target").raw("<td>");
        attained(html, context, measure);
        html.raw("<td>");
        write_trend(html, kpi, measure.trend.as_ref());
        html.raw("<td>");
        drawings::sparkline(html, kpi, kpi.periods.len());
        html.raw("\n");
    }
    html.close_table()
        .raw("<p class=more-link><a href=\"")
        .route(scorecard)
        .raw("\">Scorecard: how these numbers come about</a></p>\n</section>\n");
}

/// Writes an attainment with its status.
pub fn attained(html: &mut Html<'_>, context: &Context<'_>, measure: &PeriodMeasure) {
    if let Some(fraction) = &measure.attainment {
        html.raw("<span>").raw(&attainment(context, fraction)).raw("</span> ");
    }
    html.value(&status(measure.status), "none");
}

/// The anchors of a partner's KPIs on the scorecard, in their order; no two are the same.
pub fn anchors(kpis: &[KpiMeasures]) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(kpis.len());
    for kpi in kpis {
        let base = join!("k-", slug::anchor(&kpi.id));
        let mut anchor = base.clone();
        let mut number = 2;
        while all.contains(&anchor) {
            anchor = format!("{base}-{number}");
            number += 1;
        }
        all.push(anchor);
    }
    all
}

/// Writes the anchor of a period of a KPI, whose own anchor is `kpi`.
pub fn anchor(html: &mut Html<'_>, kpi: &str, period: Period) {
    html.between("", kpi, ".").period_key(period);
}

/// One KPI of a scorecard.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    /// Its place among the partner's.
    pub at: usize,
    /// Its measures.
    pub kpi: &'a KpiMeasures,
    /// Its anchor.
    pub anchor: &'a str,
    /// What explains it.
    pub explain: &'a OfPartner<'a>,
    /// How the places of its inputs are shown.
    pub sources: Sources<'a>,
}

impl Values<'_> {
    /// Writes how the latest numbers come about.
    pub fn how(self, html: &mut Html<'_>, ask: &str) {
        for period in self.explain.explained(self.at).into_iter().flatten() {
            if let Some(one) = self.explain.kpi(self.at, period) {
                html.between("<p class=how-of>", &one.title, ": ").text(&one.result).raw("</p>");
                self.sources.details(html, &one, ask);
            }
        }
    }

    /// Writes all values, the newest first, with where each is written.
    pub fn all(self, html: &mut Html<'_>, context: &Context<'_>) {
        let kpi = self.kpi;
        html.raw("<details class=values><summary>All values</summary>\n").open_table(&kpi.name, "dash");
        html.columns(["Period", "Actual", "Target", "Attainment", "Trend"]);
        for measure in kpi.periods.iter().rev() {
            let sources = [self.explain.actual_source(self.at, measure.period), self.explain.target_source(self.at, measure.period)];
            self.row(html, context, measure, &sources);
        }
        if kpi.granularity == Granularity::Month {
            let fiscal = context.fiscal_year_start();
            let mut quarters: Vec<Period> =
                kpi.periods.iter().filter_map(|known| known.period.within(Granularity::Quarter, fiscal)).collect();
            quarters.dedup();
            for quarter in quarters.into_iter().rev().filter_map(|quarter| kpi.at(context, quarter)) {
                self.row(html, context, &quarter, &[None, None]);
            }
        }
        html.close_table().raw("</details>\n");
    }

    fn row(self, html: &mut Html<'_>, context: &Context<'_>, measure: &PeriodMeasure, sources: &[Option<Source>; 2]) {
        html.raw("<tr id=\"");
        anchor(html, self.anchor, measure.period);
        html.raw("\"><th scope=row>").period(measure.period).raw("<td>");
        html.value(&actual(self.kpi, measure), "missing");
        self.sources.source(html, sources[0].as_ref());
        html.raw("<td>").value(&Shown::from(target(self.kpi, measure)), "no target");
        self.sources.source(html, sources[1].as_ref());
        html.raw("<td>");
        attained(html, context, measure);
        html.raw("<td>");
        write_trend(html, self.kpi, measure.trend.as_ref());
        html.raw("\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::testing::measured;

    #[test]
    fn no_two_kpis_have_one_anchor() {
        let ids = ["my kpi", "my-kpi", "MY KPI!", "★", "☆", "my-kpi-2"];
        let kpis: Vec<KpiMeasures> = ids.iter().map(|id| measured(id, "{actuals: {2026-Q1: 1}}", |kpi, _| kpi.clone())).collect();
        assert_eq!(anchors(&kpis), ["k-my-kpi", "k-my-kpi-2", "k-my-kpi-3", "k-section", "k-section-2", "k-my-kpi-2-2"]);
    }
}
