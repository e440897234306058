use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{Check, Lint, Subject, Whole};
use crate::diagnostics::{Finding, Place, Rule, Severity};
use crate::model::period::{Granularity, Period};
use crate::route;

pub(super) static LINT: Lint = Lint {
    rule: Rule {
        name: "kpi/missing-rate",
        severity: Severity::Error,
        summary: "An amount is in another currency than the workspace's, and the settings have no exchange rate for its period.",
        why: "Without the rate there is no sum over partners, no return and no concentration of revenue for that period, since a number \
              that leaves some partners out would be worse than none.",
        fires: "\
kpis: {revenue: {unit: EUR, target: 30000, actuals: {2026-Q2: 28000, 2026-Q3: 31000}}}
=== partnerbook.yaml
currency: USD
fx: {2026-Q2: {EUR: 1.08}}",
        says: "there is no exchange rate from EUR to USD for 2026-Q3",
        passes: "\
kpis: {revenue: {unit: EUR, target: 30000, actuals: {2026-Q2: 28000, 2026-Q3: 31000}}}
=== partnerbook.yaml
currency: USD
fx: {2026-Q2: {EUR: 1.08}, 2026-Q3: {EUR: 1.09}}",
        fix: "Add the rate under `fx`: what one unit of the other currency is worth in the workspace's. A rate for a quarter holds in \
              its months, one for a year in all of it. An amount without a date, such as an investment, takes the rate of the period \
              that closed last.",
        settings: "`currency` is the workspace's currency, `fx` holds the rates.",
    },
    check: Check::Workspace(check),
    ages: false,
};

/// Where the first amount stands that needs a rate, by currency and period.
type Needed = BTreeMap<(String, Period), Option<(Arc<str>, Place)>>;

fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let portfolio = &whole.measures.portfolio;
    let sums = portfolio.sums.iter().flat_map(|sum| sum.periods.values()).flat_map(|sum| &sum.missing);
    let mut needed: Needed =
        sums.chain(&portfolio.concentration.missing).chain(&portfolio.accounts.missing).map(|rate| (rate.clone(), None)).collect();
    for partner in whole.partners() {
        needed.extend(partner.measures.returns.missing.iter().map(|rate| (rate.clone(), None)));
    }
    if needed.is_empty() {
        return;
    }
    for partner in whole.partners() {
        find_amounts(&partner, &mut needed);
    }
    let own = &whole.settings.currency;
    for ((currency, period), place) in needed {
        let message = format!("there is no exchange rate from {currency} to {own} for {period}");
        let mut finding = whole.in_settings(&LINT, route!["fx", &period.to_string()], message);
        if let Some((path, place)) = place {
            finding = finding.related(&path, place, "an amount that needs it");
        }
        let wider = match period.granularity() {
            Granularity::Month => ", or a rate for its quarter or year",
            Granularity::Quarter => ", or a rate for its year",
            Granularity::Year => "",
        };
        found.push(finding.help(format!("add `{period}: {{{currency}: …}}` under `fx`{wider}")));
    }
}

/// Notes where the amounts of a partner stand that need a rate.
fn find_amounts(partner: &Subject<'_>, needed: &mut Needed) {
    let context = &partner.whole.context;
    let mut note = |currency: &str, period: Period, place: &dyn Fn() -> (Arc<str>, Place)| {
        if let Some(known @ None) = needed.get_mut(&(currency.to_owned(), period)) {
            *known = Some(place());
        }
    };
    for (kpi, measures) in partner.kpis() {
        let Some(currency) = context.currency_of(&measures.unit, true).filter(|currency| *currency != partner.settings().currency) else {
            continue;
        };
        for measure in measures.periods.iter().filter(|measure| measure.actual.is_some()) {
            note(currency, measure.period, &|| partner.actual(kpi, measure.period));
        }
    }
    // What has no date counts for the latest closed quarter.
    let own = |route| (partner.path.clone(), Place::Key(route));
    let ours = partner.data.investment.as_ref().and_then(|investment| investment.ours.as_ref());
    if let Some(currency) = ours.and_then(|money| money.currency.as_deref()) {
        note(currency, context.quarter, &|| own(route!["investment", "ours"]));
    }
    for (at, account) in partner.data.accounts.iter().enumerate() {
        if let Some(currency) = account.value.as_ref().and_then(|money| money.currency.as_deref()) {
            note(currency, context.quarter, &|| own(route!["accounts", at, "value"]));
        }
    }
}
