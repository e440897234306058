//! Where a partner stands: how long it has been in its stage, how mature it is, and when it is reviewed next.

use jiff::civil::Date;

use super::context::Context;
use crate::model::partner::{Partner, Status};
use crate::model::period::{Granularity, Period};
use crate::model::settings_file::Phase;
use crate::workspace::PartnerEntry;

/// Days after the end of a quarter from which its review is overdue.
pub const REVIEW_GRACE: i32 = 30;

/// Days from one day to another; `None` where the second is before the first.
pub fn days_between(from: Date, to: Date) -> Option<i32> {
    Some((to - from).get_days()).filter(|days| *days >= 0)
}

/// True while a partner is on hold: until the day that `on_hold` names, for good where it names none; without `on_hold`, while the
/// declared status says so.
pub fn is_on_hold(partner: &Partner, as_of: Date) -> bool {
    match &partner.on_hold {
        Some(hold) => hold.until.is_none_or(|until| until >= as_of),
        None => partner.status == Some(Status::OnHold),
    }
}

/// How long a partner has been in its stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StageAge {
    /// When the stage was entered: the last move, where it leads to the stage that the partner is in.
    pub entered: Option<Date>,
    /// Days since then. None where that is not known, and on hold: a partner on hold does not age.
    pub days: Option<i32>,
    /// True on hold.
    pub on_hold: bool,
    /// The longest that a partner should be in the stage, in days.
    pub max_days: Option<u32>,
}

impl StageAge {
    /// The age of a partner in its stage.
    pub fn new(context: &Context<'_>, partner: &PartnerEntry) -> StageAge {
        let on_hold = is_on_hold(&partner.data, context.as_of);
        let settings = context.settings;
        let last = partner.data.lifecycle.last();
        let leads_here = |id: &str| match partner.stage {
            Some(stage) => settings.stage_index(id) == Some(stage),
            None => partner.data.current_stage().is_some_and(|current| current.eq_ignore_ascii_case(id)),
        };
        let entered = last.filter(|last| last.stage.as_deref().is_some_and(leads_here)).and_then(|last| last.entered);
        StageAge {
            entered,
            days: entered.filter(|_| !on_hold).and_then(|entered| days_between(entered, context.as_of)),
            on_hold,
            max_days: partner.stage.and_then(|at| settings.stages.get(at)).and_then(|stage| stage.max_days),
        }
    }

    /// True when the partner has been in its stage for too long.
    pub fn is_over(&self) -> bool {
        self.days.zip(self.max_days).is_some_and(|(days, most)| i64::from(days) > i64::from(most))
    }
}

/// The days that each move lasted, in the order of `lifecycle`: to the next move, the last one until today. None where a date
/// is missing, for the exit, which does not end, and for the last move of a partner on hold.
pub fn days_of_moves(context: &Context<'_>, partner: &Partner) -> Vec<Option<i32>> {
    let moves = &partner.lifecycle;
    let is_exit = |id: &str| context.settings.stage(id).is_some_and(|stage| stage.phase == Phase::Exited);
    let of = |(at, entry): (usize, &crate::model::partner::Move)| {
        let end = match moves.get(at + 1) {
            Some(next) => next.entered,
            None if entry.stage.as_deref().is_some_and(is_exit) || is_on_hold(partner, context.as_of) => None,
            None => Some(context.as_of),
        };
        days_between(entry.entered?, end?)
    };
    moves.iter().enumerate().map(of).collect()
}

/// The days that a partner has spent in each stage, by the place of the stage in the lifecycle, ascending. A stage that was
/// entered twice has both added up; one without any known day is left out.
pub fn days_in_stages(context: &Context<'_>, partner: &Partner) -> Vec<(usize, i32)> {
    let mut all: std::collections::BTreeMap<usize, i32> = std::collections::BTreeMap::new();
    for (entry, days) in partner.lifecycle.iter().zip(days_of_moves(context, partner)) {
        if let (Some(at), Some(days)) = (entry.stage.as_deref().and_then(|id| context.settings.stage_index(id)), days) {
            let known = all.entry(at).or_default();
            *known = known.saturating_add(days);
        }
    }
    all.into_iter().collect()
}

/// Where a partnership stands since its launch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Maturity {
    /// Months 1 to 3.
    Launch,
    /// Months 4 to 6.
    RampUp,
    /// From month 7 on.
    SteadyState,
    /// The last 90 days of the term, whenever the launch was.
    Renewal,
}

impl Maturity {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Maturity::Launch => "Launch",
            Maturity::RampUp => "Ramp-up",
            Maturity::SteadyState => "Steady state",
            Maturity::Renewal => "Renewal",
        }
    }

    /// The word for files.
    pub fn word(self) -> &'static str {
        match self {
            Maturity::Launch => "launch",
            Maturity::RampUp => "ramp-up",
            Maturity::SteadyState => "steady-state",
            Maturity::Renewal => "renewal",
        }
    }

    /// The maturity of a partner; `None` before its launch.
    pub fn of(partner: &Partner, as_of: Date) -> Option<Maturity> {
        if let Some(end) = partner.term.as_ref().and_then(|term| term.end)
            && days_between(as_of, end).is_some_and(|days| days <= 90)
        {
            return Some(Maturity::Renewal);
        }
        let launch = partner.launch.as_ref()?.date.filter(|date| *date <= as_of)?;
        let span = launch.until((jiff::Unit::Month, as_of)).ok()?;
        Some(match span.get_months() {
            0..=2 => Maturity::Launch,
            3..=5 => Maturity::RampUp,
            _ => Maturity::SteadyState,
        })
    }
}

/// The next review of a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextReview {
    /// The quarter that it looks back on.
    pub quarter: Period,
    /// The day from which it is overdue: 30 days after the end of that quarter.
    pub overdue_from: Date,
    /// True from that day on.
    pub is_overdue: bool,
}

/// True for a stage in which partners are reviewed every quarter: development and what comes after it, but not the exit.
pub fn has_reviews(context: &Context<'_>, stage: Option<usize>) -> bool {
    let phase = stage.and_then(|at| context.settings.stages.get(at)).map(|stage| stage.phase);
    matches!(phase, Some(Phase::Development | Phase::Review))
}

/// True for a partner of whom a review is expected every quarter: in development or later, not on hold, and not gone.
pub fn is_reviewed(context: &Context<'_>, partner: &PartnerEntry) -> bool {
    has_reviews(context, partner.judged_stage()) && !is_on_hold(&partner.data, context.as_of)
}

/// The day from which a partner is reviewed: when it first entered a stage that has reviews. `None` where that is not dated.
pub fn reviewed_since(context: &Context<'_>, partner: &Partner) -> Option<Date> {
    let has_reviews = |id: Option<&str>| has_reviews(context, id.and_then(|id| context.settings.stage_index(id)));
    partner.lifecycle.iter().find(|entry| has_reviews(entry.stage.as_deref())).and_then(|entry| entry.entered)
}

impl NextReview {
    /// The review after the one of `last`: that of the next quarter. A month counts as its quarter, a year as its last one.
    pub fn after(context: &Context<'_>, last: Period) -> Option<NextReview> {
        let quarter = quarter_of(last, context.fiscal_year_start())?.next();
        let end = quarter.last_day(context.fiscal_year_start())?;
        let overdue_from = end.checked_add(jiff::Span::new().try_days(REVIEW_GRACE).ok()?).ok()?;
        Some(NextReview { quarter, overdue_from, is_overdue: context.as_of >= overdue_from })
    }
}

/// The quarter of a review: the one in which its period ends.
pub fn quarter_of(period: Period, fiscal_year_start: i8) -> Option<Period> {
    match period {
        Period::Year(_) => period.parts(Granularity::Quarter, fiscal_year_start).last(),
        _ => period.within(Granularity::Quarter, fiscal_year_start),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, period, settings};
    use super::*;

    fn with<T>(front_matter: &str, show: impl FnOnce(&Context<'_>, &PartnerEntry) -> T) -> T {
        let settings = settings("");
        show(&Context::new(&settings, day("2026-11-20")), &partner(&settings, front_matter))
    }

    fn age(front_matter: &str) -> (Option<i32>, bool, bool) {
        let found = with(front_matter, StageAge::new);
        (found.days, found.on_hold, found.is_over())
    }

    #[test]
    fn a_stage_ages_from_the_day_it_was_entered() {
        assert_eq!(age("lifecycle: [{stage: research, entered: 2026-08-22}]"), (Some(90), false, false));
        assert_eq!(age("lifecycle: [{stage: research, entered: 2026-08-21}]"), (Some(91), false, true));
        assert_eq!(age("lifecycle: [{stage: research, entered: 2026-12-01}]"), (None, false, false), "not yet");
        assert_eq!(
            age("stage: review\nlifecycle: [{stage: research, entered: 2026-08-21}]"),
            (None, false, false),
            "nobody says since when"
        );
        assert_eq!(age("stage: exited\nlifecycle: [{stage: exited, entered: 2020-01-01}]"), (Some(2515), false, false));
        assert_eq!(age("stage: research"), (None, false, false));
    }

    #[test]
    fn on_hold_it_does_not_age() {
        let long = "lifecycle: [{stage: research, entered: 2025-01-01}]";
        assert_eq!(age(&format!("{long}\non_hold: {{until: 2026-11-20}}")), (None, true, false));
        assert_eq!(age(&format!("{long}\non_hold: {{until: 2026-11-19}}\nstatus: on-hold")), (Some(688), false, true), "the hold is over");
        assert_eq!(age(&format!("{long}\non_hold: A merger")), (None, true, false));
        assert_eq!(age(&format!("{long}\nstatus: on-hold")), (None, true, false));
    }

    #[test]
    fn moves_last_until_the_next_one() {
        let moves = "lifecycle: [{stage: research, entered: 2026-01-01}, {stage: review, entered: 2026-01-31}, {stage: Research, entered: 2026-02-10}, {stage: onboarding}, {stage: review, entered: 2026-11-19}]";
        let found = with(moves, |context, partner| (days_of_moves(context, &partner.data), days_in_stages(context, &partner.data)));
        assert_eq!(found, (vec![Some(30), Some(10), None, None, Some(1)], vec![(0, 30), (4, 11)]));
        let exited = "lifecycle: [{stage: review, entered: 2026-01-01}, {stage: exited, entered: 2026-01-08}]";
        assert_eq!(with(exited, |context, partner| days_of_moves(context, &partner.data)), [Some(7), None]);
    }

    #[test]
    fn maturity_counts_from_the_launch() {
        let maturity = |text: &str| with(text, |context, partner| Maturity::of(&partner.data, context.as_of).map(Maturity::title));
        let launch = |date: &str| maturity(&format!("launch: {{date: {date}}}"));
        assert_eq!((launch("2026-11-20"), launch("2026-08-21")), (Some("Launch"), Some("Launch")));
        assert_eq!((launch("2026-08-20"), launch("2026-05-21")), (Some("Ramp-up"), Some("Ramp-up")));
        assert_eq!((launch("2026-05-20"), launch("2026-11-21"), maturity("name: A")), (Some("Steady state"), None, None));
        assert_eq!(maturity("term: {end: 2027-02-18}"), Some("Renewal"));
        assert_eq!(maturity("launch: {date: 2026-11-01}\nterm: {end: 2027-02-19}"), Some("Launch"));
        assert_eq!(maturity("launch: {date: 2020-11-01}\nterm: {end: 2026-11-19}"), Some("Steady state"), "the term is over");
    }

    #[test]
    fn the_next_review_is_of_the_next_quarter() {
        let settings = settings("");
        let next = |last: &str, as_of: &str| {
            let found = NextReview::after(&Context::new(&settings, day(as_of)), period(last)).unwrap();
            format!("{} {} {}", found.quarter, found.overdue_from, found.is_overdue)
        };
        assert_eq!(next("2026-Q2", "2026-11-20"), "2026-Q3 2026-10-30 true");
        assert_eq!(next("2026-Q2", "2026-10-29"), "2026-Q3 2026-10-30 false");
        assert_eq!(next("2026-Q3", "2026-11-20"), "2026-Q4 2027-01-30 false");
        assert_eq!(
            (next("2026-08", "2026-11-20"), next("2025", "2026-01-01")),
            (next("2026-Q3", "2026-11-20"), next("2025-Q4", "2026-01-01"))
        );
        assert_eq!(NextReview::after(&Context::new(&settings, day("2026-11-20")), period("9999-Q4")), None);
    }
}
