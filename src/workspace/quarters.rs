//! The quarters of a partner that have a page: the closed ones with a value, and every review that somebody wrote.

use jiff::civil::Date;

use super::model::{PageId, PageKind, PageRef, PartnerEntry};
use crate::model::kpi::Actual;
use crate::model::period::{Granularity, Period};
use crate::text::slug;

/// A period of a partner that has a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarter {
    /// The period: a quarter, or what the file of a review is named after.
    pub period: Period,
    /// The page with the words; `None` where there are only numbers.
    pub page: Option<PageId>,
    /// True where these are the words of a review that has taken place, and not of one that is prepared.
    pub held: bool,
    /// The path of the page in the site.
    pub route: String,
}

/// The quarters of a partner, newest first. A value of a month counts for its quarter, one of a year for the quarter with
/// which the year ends. A review that is kept off the site leaves the numbers of its quarter there.
pub fn quarters(partner: &PartnerEntry, pages: &[PageRef], as_of: Date, fiscal_year_start: i8) -> Vec<Quarter> {
    let mut all: Vec<Quarter> = Vec::new();
    for at in &partner.reviews {
        if let PageKind::Review(review, period) = &pages[*at].kind {
            let held = review.is_held(*period, as_of, fiscal_year_start);
            all.push(Quarter { period: *period, page: Some(*at), held, route: pages[*at].route.clone() });
        }
    }
    let mut measured: Vec<Period> = Vec::new();
    for (period, actual) in partner.kpis.iter().flat_map(|kpi| &kpi.kpi.actuals.0) {
        let quarter = match period {
            Period::Year(year) => Some(Period::Quarter(*year, 4)),
            other => other.within(Granularity::Quarter, fiscal_year_start),
        };
        if let (Some(quarter), Actual::Value(_)) = (quarter, actual) {
            measured.push(quarter);
        }
    }
    measured.sort_unstable();
    measured.dedup();
    measured.retain(|quarter| quarter.is_closed(as_of, fiscal_year_start) && !all.iter().any(|known| known.period == *quarter));
    let folder = slug::safe_file_name(&partner.id);
    let route = |period| format!("partners/{folder}/qbr/{period}.html");
    all.extend(measured.into_iter().map(|period| Quarter { period, page: None, held: false, route: route(period) }));
    all.sort_by_key(|quarter| std::cmp::Reverse((quarter.period.last_day(fiscal_year_start), quarter.period.granularity())));
    all
}
