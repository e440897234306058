//! What every measure needs to know of the workspace.

use jiff::civil::Date;

use super::exact::Exact;
use super::status::Thresholds;
use crate::model::fx::is_currency;
use crate::model::period::{Granularity, Period};
use crate::model::settings::Settings;

/// The settings, the day, and what follows from the two. Cheap to make.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The settings that hold.
    pub settings: &'a Settings,
    /// The day on which the workspace is looked at.
    pub as_of: Date,
    /// The latest closed quarter of the calendar, whether anything was measured in it or not.
    pub quarter: Period,
    /// From which attainment a KPI is green or yellow.
    pub thresholds: Thresholds,
    /// From which health on a band is another one, the lower edge first; no health is shown across them.
    pub bands: [Exact; 2],
}

/// A rate that is needed and not there: the currency and the period.
pub type MissingRate = (String, Period);

impl<'a> Context<'a> {
    /// The context of a workspace's settings on a day.
    pub fn new(settings: &'a Settings, as_of: Date) -> Context<'a> {
        Context {
            settings,
            as_of,
            quarter: Period::latest_closed(Granularity::Quarter, as_of, settings.fiscal_year_start),
            thresholds: Thresholds::new(&settings.kpi_status),
            bands: [Exact::from(settings.health.yellow), Exact::from(settings.health.green)],
        }
    }

    /// The month in which fiscal years start.
    pub fn fiscal_year_start(&self) -> i8 {
        self.settings.fiscal_year_start
    }

    /// True when the last day of the period is before the day on which the workspace is looked at.
    pub fn is_closed(&self, period: Period) -> bool {
        period.is_closed(self.as_of, self.fiscal_year_start())
    }

    /// True when the period has begun on that day.
    pub fn has_begun(&self, period: Period) -> bool {
        period.first_day(self.fiscal_year_start()).is_some_and(|first| first <= self.as_of)
    }

    /// The latest closed period of a granularity.
    pub fn latest_closed(&self, granularity: Granularity) -> Period {
        Period::latest_closed(granularity, self.as_of, self.fiscal_year_start())
    }

    /// The currency that a unit names: a code of ISO 4217, the workspace's own, or one with a rate. No unit at all is the
    /// workspace's currency only where `plain` says that plain numbers are money.
    pub fn currency_of<'b>(&'b self, unit: &'b str, plain: bool) -> Option<&'b str> {
        let settings = self.settings;
        match unit.trim() {
            "" => plain.then_some(settings.currency.as_str()),
            unit => (unit == settings.currency || is_currency(unit) || settings.fx.knows(unit)).then_some(unit),
        }
    }

    /// An amount of a period in the workspace's currency.
    ///
    /// # Errors
    /// The rate that is missing.
    pub fn convert(&self, amount: &Exact, currency: &str, period: Period) -> Result<Exact, MissingRate> {
        if currency == self.settings.currency {
            return Ok(amount.clone());
        }
        let rate = self.settings.fx.rate(currency, period, self.fiscal_year_start());
        rate.map(|rate| amount * &Exact::from(rate)).ok_or_else(|| (currency.to_owned(), period))
    }

    /// An amount that has no date, such as an investment, in the workspace's currency: at the rate of the period that closed last.
    ///
    /// # Errors
    /// The rate that is missing, for the latest closed quarter.
    pub fn convert_undated(&self, amount: &Exact, currency: &str) -> Result<Exact, MissingRate> {
        if currency == self.settings.currency {
            return Ok(amount.clone());
        }
        let rate = self.settings.fx.latest(currency, self.as_of, self.fiscal_year_start());
        rate.map(|rate| amount * &Exact::from(rate)).ok_or_else(|| (currency.to_owned(), self.quarter))
    }
}
