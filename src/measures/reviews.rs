//! The reviews of a partner: which quarters should have one, and which have.

use super::context::Context;
use super::stage::{REVIEW_GRACE, is_reviewed, quarter_of, reviewed_since};
use crate::model::partner::Partner;
use crate::model::period::{Granularity, Period};
use crate::workspace::quarters::Quarter;
use crate::workspace::{PageRef, PartnerEntry, Workspace};

/// How the review of a quarter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It was held, and somebody wrote it down.
    Done,
    /// It should be held, and there is time.
    Due,
    /// It should have been held.
    Overdue,
    /// It should have been held; a later one was, or the partnership was looked at as a whole after that quarter.
    Missed,
    /// Nobody expects one.
    NotExpected,
}

impl State {
    /// The states that somebody may look for.
    pub const SHOWN: [State; 3] = [State::Done, State::Due, State::Overdue];

    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Due => "due",
            State::Overdue => "overdue",
            State::Missed => "missed",
            State::NotExpected => "none",
        }
    }
}

/// The reviews of a partner that were held and are on the site, newest first: period and page.
pub fn held<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry) -> impl Iterator<Item = (Period, &'a PageRef)> {
    let held = partner.quarters.iter().filter(|known| known.held);
    held.filter_map(|known| Some((known.period, workspace.pages.get(known.page?)?))).filter(|(_, page)| !page.hidden)
}

/// The last quarter that was over when somebody looked at a partnership as a whole, on the day of `reviewed`.
pub fn looked_back_on(context: &Context<'_>, partner: &Partner) -> Option<Period> {
    let start = context.fiscal_year_start();
    let day = partner.reviewed.filter(|day| *day <= context.as_of)?;
    let quarter = Period::of_day(Granularity::Quarter, day, start);
    Some(if quarter.last_day(start) == Some(day) { quarter } else { quarter.previous() })
}

/// How the review of a closed quarter stands. One is expected of a partner that was in development or later when the quarter
/// ended, and has neither left nor is on hold.
pub fn state(context: &Context<'_>, partner: &PartnerEntry, quarter: Period) -> State {
    let start = context.fiscal_year_start();
    if partner.quarters.iter().any(|known| known.held && quarter_of(known.period, start) == Some(quarter)) {
        return State::Done;
    }
    if !is_reviewed(context, partner) {
        return State::NotExpected;
    }
    let Some(last) = quarter.last_day(context.fiscal_year_start()) else {
        return State::NotExpected;
    };
    let since = reviewed_since(context, &partner.data);
    // Of a partner that has no dates, only the latest quarter is asked for.
    if since.map_or(quarter != context.quarter, |since| since > last) {
        return State::NotExpected;
    }
    let later = |known: &Quarter| known.held && known.period.last_day(context.fiscal_year_start()) > Some(last);
    let was_looked_at = looked_back_on(context, &partner.data).is_some_and(|seen| quarter <= seen);
    if was_looked_at || partner.quarters.iter().any(later) {
        State::Missed
    } else if (context.as_of - last).get_days() >= REVIEW_GRACE {
        State::Overdue
    } else {
        State::Due
    }
}

/// The quarters whose review is overdue, oldest first. There is one only after the newest review: what came before it was missed.
pub fn overdue(context: &Context<'_>, partner: &PartnerEntry) -> Vec<Period> {
    let mut found = Vec::new();
    let mut quarter = context.quarter;
    loop {
        match state(context, partner, quarter) {
            State::Overdue => found.push(quarter),
            State::Due => {}
            State::Done | State::Missed | State::NotExpected => break,
        }
        quarter = quarter.previous();
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, settings};
    use super::*;

    fn late(as_of: &str, front_matter: &str) -> Vec<String> {
        let settings = settings("");
        let context = Context::new(&settings, day(as_of));
        overdue(&context, &partner(&settings, front_matter)).iter().map(Period::to_string).collect()
    }

    #[test]
    fn a_review_is_overdue_from_the_thirtieth_day_on() {
        let since = "lifecycle: [{stage: development, entered: 2026-06-30}]";
        assert_eq!(late("2026-10-29", since), ["2026-Q2"], "that of the third quarter is only due");
        assert_eq!(late("2026-10-30", since), ["2026-Q2", "2026-Q3"]);
        assert_eq!(late("2026-10-30", "lifecycle: [{stage: development, entered: 2026-10-01}]"), Vec::<String>::new());
        assert_eq!(late("2026-10-30", "stage: development"), ["2026-Q3"], "without dates only the latest is asked for");
        assert_eq!(late("2026-10-30", "stage: onboarding"), Vec::<String>::new());
    }

    #[test]
    fn a_look_at_the_whole_makes_up_for_the_quarters_before_it() {
        let reviewed =
            |day: &str| late("2026-11-20", &format!("lifecycle: [{{stage: development, entered: 2025-01-12}}]\nreviewed: {day}"));
        assert_eq!(reviewed("2026-06-29"), ["2026-Q2", "2026-Q3"]);
        assert_eq!(reviewed("2026-06-30"), ["2026-Q3"], "the day on which the second quarter ended");
        assert_eq!(reviewed("2026-10-10"), Vec::<String>::new());
        assert_eq!(reviewed("2026-11-21").len(), 7, "that is to come");
    }
}
