//! Exchange rates that the workspace fixes, and what is a currency at all.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::period::{Granularity, Period};
use crate::content::read::Dict;

/// The currencies of ISO 4217 that are in use. A unit of three letters is not one by its looks: think of `NPS` or `MQL`.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF \
    CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN \
    MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
    SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// The workspace's exchange rates to its own currency, by currency and period. There is never a live one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fx(BTreeMap<String, Vec<(Period, Decimal)>>);

impl Fx {
    /// The rates as they are written: period to currency to rate. What is no period and no rate above 0 is left out.
    pub fn new(file: &Dict<Dict<Decimal>>) -> Fx {
        let mut all: BTreeMap<String, Vec<(Period, Decimal)>> = BTreeMap::new();
        for (period, rates) in file.iter() {
            let Some(period) = Period::parse(period) else { continue };
            for (currency, rate) in rates.iter().filter(|(_, rate)| **rate > Decimal::ZERO) {
                all.entry(currency.trim().to_uppercase()).or_default().push((period, *rate));
            }
        }
        Fx(all)
    }

    /// The rate of a currency in a period: the one of the period itself, else of the quarter or the year in which it lies.
    pub fn rate(&self, currency: &str, period: Period, fiscal_year_start: i8) -> Option<Decimal> {
        self.rate_from(currency, period, fiscal_year_start).map(|(_, rate)| rate)
    }

    /// The same with the period for which it is written.
    pub fn rate_from(&self, currency: &str, period: Period, fiscal_year_start: i8) -> Option<(Period, Decimal)> {
        let rates = self.0.get(currency)?;
        [period.granularity(), Granularity::Quarter, Granularity::Year]
            .into_iter()
            .filter_map(|granularity| period.within(granularity, fiscal_year_start))
            .find_map(|period| rates.iter().find(|(known, _)| *known == period).copied())
    }

    /// The rate for an amount that has no date: the one of the period that closed last before `as_of`.
    pub fn latest(&self, currency: &str, as_of: Date, fiscal_year_start: i8) -> Option<Decimal> {
        self.latest_from(currency, as_of, fiscal_year_start).map(|(_, rate)| rate)
    }

    /// The same with the period for which it is written.
    pub fn latest_from(&self, currency: &str, as_of: Date, fiscal_year_start: i8) -> Option<(Period, Decimal)> {
        let closed = self.0.get(currency)?.iter().filter(|(period, _)| period.is_closed(as_of, fiscal_year_start));
        // Where a month, a quarter and a year end on the same day, the shortest is nearest to it.
        closed.max_by_key(|(period, _)| (period.last_day(fiscal_year_start), std::cmp::Reverse(period.granularity()))).copied()
    }

    /// True where there is any rate of a currency.
    pub fn knows(&self, currency: &str) -> bool {
        self.0.contains_key(currency)
    }
}

/// True for a code of ISO 4217, in capitals.
pub fn is_currency(code: &str) -> bool {
    // Every word of the list has three letters, so what is found in it without a space is one of them.
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) && CURRENCIES.contains(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fx() -> Fx {
        let rates = |rate: &str| Dict(vec![("eur".to_owned(), rate.parse::<Decimal>().unwrap())]);
        let all =
            [("2026-Q2", "1.05"), ("2026-Q3", "1.09"), ("2026-08", "1.1"), ("2025", "1"), ("2026-Q4", "2"), ("2024", "0"), ("soon", "3")];
        Fx::new(&Dict(all.iter().map(|(period, rate)| ((*period).to_owned(), rates(rate))).collect()))
    }

    #[test]
    fn a_rate_holds_in_its_period_and_all_parts_of_it() {
        let rate = |period: &str| fx().rate("EUR", Period::parse(period).unwrap(), 1).map(|rate| rate.to_string());
        assert_eq!(rate("2026-Q3").as_deref(), Some("1.09"));
        assert_eq!((rate("2026-08").as_deref(), rate("2026-09").as_deref()), (Some("1.1"), Some("1.09")));
        assert_eq!(rate("2025-Q4").as_deref(), Some("1"));
        assert_eq!((rate("2026"), rate("2024"), rate("2026-Q1")), (None, None, None));
        assert_eq!(fx().rate("CHF", Period::Year(2026), 1), None);
    }

    #[test]
    fn an_amount_without_a_date_takes_the_latest_closed_rate() {
        let latest = |day: &str| fx().latest("EUR", crate::content::scalar::date(day).unwrap(), 1).map(|rate| rate.to_string());
        assert_eq!(latest("2026-11-20").as_deref(), Some("1.09"), "the fourth quarter is open");
        assert_eq!(latest("2026-09-30").as_deref(), Some("1.1"));
        assert_eq!(latest("2025-12-31"), None);
    }

    #[test]
    fn not_every_three_letters_are_money() {
        assert!(is_currency("EUR") && is_currency("CHF"));
        assert!(!is_currency("NPS") && !is_currency("eur") && !is_currency("EU") && !is_currency("EURO"));
    }
}
