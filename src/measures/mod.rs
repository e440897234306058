//! Computed numbers: attainment, health, scores and what follows from them.
//!
//! Everything here is a pure function of the workspace and the day on which it is looked at. Numbers stay exact until they
//! are shown ([`Exact::show`]); no binary float is among them. Every ratio is a fraction, in which 1 is 100 %. Health and
//! the thresholds of its bands are of 100, scores on the scale of the workspace, and amounts in the unit of their KPI.
//!
//! Nothing here fails: what cannot be computed is `None`, beside the reason.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub mod accounts;
pub mod actions;
pub mod attainment;
pub mod coarser;
pub mod concentration;
pub mod context;
pub mod exact;
pub mod explain;
mod goals;
pub mod health;
pub mod portfolio;
pub mod renewal;
pub mod returns;
pub mod reviews;
pub mod score;
pub mod series;
mod shown;
pub mod stage;
pub mod status;
pub mod targets;
#[cfg(test)]
pub(crate) mod testing;
pub mod trend;
pub mod words;

pub use context::Context;
pub use exact::Exact;
pub use health::{Band, Health, QuarterHealth};
pub use portfolio::Portfolio;
pub use series::{KpiMeasures, PeriodMeasure};
pub use status::Status;

use crate::model::kpi::Actual;
use crate::model::period::{Granularity, Period};
use crate::model::settings_file::Phase;
use crate::workspace::{PartnerEntry, PartnerId, Workspace};
use renewal::Renewal;
use returns::Returns;
use score::Score;
use stage::{Maturity, NextReview, StageAge};
use targets::TargetsMet;

/// The measures of a partner.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerMeasures {
    /// Its KPIs, in the order of the partner's.
    pub kpis: Vec<KpiMeasures>,
    /// The latest closed quarter of the calendar; health and targets met are of it.
    pub quarter: Period,
    /// Its health in that quarter; unknown where nothing was measured in it, even if there are older values.
    pub health: Health,
    /// Its health in every quarter in which anything was measured, ascending.
    pub health_by_quarter: Vec<QuarterHealth>,
    /// How many targets it has met in the latest closed quarter.
    pub targets_met: TargetsMet,
    /// Its weighted score.
    pub score: Score,
    /// What it has brought for what was put in.
    pub returns: Returns,
    /// The deadline of its agreement; none for a partner that has left.
    pub renewal: Option<Renewal>,
    /// How long it has been in its stage.
    pub stage: StageAge,
    /// How mature it is.
    pub maturity: Option<Maturity>,
    /// Its next review; none before the first one, and for a partner that has left.
    pub next_review: Option<NextReview>,
    /// The age of its newest value, in days from the end of its period; `None` where nothing was ever measured.
    pub data_age: Option<i32>,
    /// True when it has left.
    pub is_exited: bool,
}

impl PartnerMeasures {
    /// The measures of a partner, whose newest review is the one of `last_review`.
    pub fn new(context: &Context<'_>, partner: &PartnerEntry, last_review: Option<Period>) -> PartnerMeasures {
        let (settings, data) = (context.settings, &partner.data);
        let kpis: Vec<KpiMeasures> = partner.kpis.iter().map(|kpi| KpiMeasures::new(context, kpi)).collect();
        let stage = partner.stage.and_then(|at| settings.stages.get(at));
        let is_exited = stage.is_some_and(|stage| stage.phase == Phase::Exited);
        PartnerMeasures {
            quarter: context.quarter,
            health: Health::new(context, &kpis, context.quarter),
            health_by_quarter: health::by_quarter(context, &kpis),
            targets_met: TargetsMet::new(context, &kpis, context.quarter),
            score: Score::new(context, data),
            returns: Returns::new(context, data, &kpis),
            renewal: data.term.as_ref().filter(|_| !is_exited).and_then(|term| Renewal::new(term, context.as_of)),
            stage: StageAge::new(context, partner),
            maturity: Maturity::of(data, context.as_of).filter(|_| !is_exited),
            next_review: last_review.filter(|_| !is_exited).and_then(|last| NextReview::after(context, last)),
            data_age: kpis.iter().filter_map(|kpi| kpi.data_age(context)).min(),
            is_exited,
            kpis,
        }
    }

    /// A KPI; ids ignore case.
    pub fn kpi(&self, id: &str) -> Option<&KpiMeasures> {
        self.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(id))
    }
}

/// The measures of a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Those of each partner, in the order of [`Workspace::partners`]; of hidden ones too.
    pub partners: Vec<Arc<PartnerMeasures>>,
    /// Those of all partners on the site together.
    pub portfolio: Portfolio,
}

impl Measures {
    /// The measures of a workspace on its day.
    pub fn new(workspace: &Workspace) -> Measures {
        Measures::after(workspace, None)
    }

    /// The same where those of an earlier state are known. What they were made from has to be the same to be of use.
    pub fn after(workspace: &Workspace, before: Option<(&Workspace, &Measures)>) -> Measures {
        let context = Measures::context(workspace);
        let before = before.filter(|(old, _)| old.as_of == workspace.as_of && old.settings == workspace.settings);
        let known = |partner: &PartnerEntry| {
            let (old, measures) = before?;
            let page = workspace.pages.get(partner.page)?;
            let at = old.page_at(&page.path)?.partner?;
            let other = old.partners.get(at)?;
            let is_same = Arc::ptr_eq(&other.data, &partner.data)
                && (other.stage, &other.kpis) == (partner.stage, &partner.kpis)
                && last_review(old, &context, other) == last_review(workspace, &context, partner);
            measures.partners.get(at).filter(|_| is_same).cloned()
        };
        let measured = |partner: &PartnerEntry| known(partner).unwrap_or_else(|| Arc::new(measure(workspace, &context, partner)));
        let partners: Vec<Arc<PartnerMeasures>> = workspace.partners.par_iter().map(measured).collect();
        let portfolio = sum_up(workspace, &context, &partners);
        Measures { partners, portfolio }
    }

    /// Brings the measures of some partners up to date, and those of all together. `accounts` tells that some of theirs are others.
    pub fn update(&mut self, workspace: &Workspace, partners: &BTreeSet<PartnerId>, accounts: bool) {
        let context = Measures::context(workspace);
        let mut is_new = accounts;
        for at in partners {
            let new = measure(workspace, &context, &workspace.partners[*at]);
            is_new |= new != *self.partners[*at];
            self.partners[*at] = Arc::new(new);
        }
        if is_new {
            self.portfolio = sum_up(workspace, &context, &self.partners);
        }
    }

    /// What measures need to know of a workspace, to ask for more of them.
    pub fn context(workspace: &Workspace) -> Context<'_> {
        Context::new(&workspace.settings, workspace.as_of)
    }

    /// The measures of a partner.
    pub fn partner(&self, partner: PartnerId) -> Option<&PartnerMeasures> {
        self.partners.get(partner).map(AsRef::as_ref)
    }
}

fn measure(workspace: &Workspace, context: &Context<'_>, partner: &PartnerEntry) -> PartnerMeasures {
    PartnerMeasures::new(context, partner, last_review(workspace, context, partner))
}

fn sum_up(workspace: &Workspace, context: &Context<'_>, partners: &[Arc<PartnerMeasures>]) -> Portfolio {
    let members: Vec<portfolio::Member<'_>> =
        workspace.visible_partners().filter_map(|(at, entry)| Some((at, entry, partners.get(at)?.as_ref()))).collect();
    Portfolio::new(context, &members)
}

/// True where a KPI of a partner has a value in one of the last four closed quarters, or since.
pub fn is_measured(context: &Context<'_>, partner: &PartnerEntry) -> bool {
    let start = context.fiscal_year_start();
    let since = Period::from_ordinal(Granularity::Quarter, context.quarter.ordinal() - 3).first_day(start);
    let is_recent = |period: Period| period.last_day(start) >= since && context.has_begun(period);
    let mut actuals = partner.kpis.iter().flat_map(|kpi| &kpi.kpi.actuals.0);
    actuals.any(|(period, actual)| matches!(actual, Actual::Value(_)) && is_recent(*period))
}

/// The quarter of the newest review of a partner that was held, or a later one that was over when the partnership was looked at as
/// a whole.
fn last_review(workspace: &Workspace, context: &Context<'_>, partner: &PartnerEntry) -> Option<Period> {
    let held = reviews::held(workspace, partner).filter_map(|(period, _)| stage::quarter_of(period, context.fiscal_year_start())).max()?;
    Some(reviews::looked_back_on(context, &partner.data).map_or(held, |seen| seen.max(held)))
}

#[cfg(test)]
mod tests {
    use super::testing::{day, partner, period, settings};
    use super::*;

    #[test]
    fn a_partner_as_a_whole() {
        let settings = settings("");
        let context = Context::new(&settings, day("2026-11-20"));
        let entry = partner(
            &settings,
            "stage: development
lifecycle: [{stage: development, entered: 2026-03-01}]
kpis: {revenue: {target: 500000, actuals: {2026-Q2: 375000, 2026-Q3: 450000}}, satisfaction: {target: 8, actuals: {2026-Q2: 8}}}
investment: {ours: 500000}
term: {end: 2027-01-07}",
        );
        let found = PartnerMeasures::new(&context, &entry, Some(period("2026-Q2")));
        assert_eq!((found.quarter, found.health.band, found.targets_met.of), (period("2026-Q3"), Band::Unknown, 1));
        assert_eq!(found.health_by_quarter.len(), 2);
        assert_eq!((found.data_age, found.stage.days), (Some(51), Some(264)));
        assert_eq!(found.returns.roi, Exact::ratio(65, 100));
        assert_eq!((found.maturity, found.renewal.map(|renewal| renewal.days)), (Some(Maturity::Renewal), Some(48)));
        assert_eq!(found.next_review.map(|next| (next.quarter, next.is_overdue)), Some((period("2026-Q3"), true)));
        assert!(found.kpi("Revenue").is_some() && !found.is_exited);
    }

    #[test]
    fn a_partner_that_has_left_waits_for_nothing() {
        let settings = settings("");
        let context = Context::new(&settings, day("2026-11-20"));
        let found = PartnerMeasures::new(&context, &partner(&settings, "stage: exited\nterm: {end: 2026-01-07}"), Some(period("2025-Q4")));
        assert!(found.is_exited && found.renewal.is_none() && found.next_review.is_none());
    }
}
