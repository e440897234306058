//! All partners together as `data/partners.json` has them.

use serde::Serialize;

use super::measures::RateRecord;
use super::numbers::{exact, ratio};
use crate::measures::accounts::{Account, Accounts};
use crate::measures::concentration::Concentration;
use crate::measures::portfolio::{KpiSum, PeriodSum};
use crate::measures::{Band, Portfolio};
use crate::model::period::Period;
use crate::workspace::{PartnerId, Workspace};

/// Everything that is computed of all partners together.
#[derive(Serialize)]
pub struct PortfolioRecord<'a> {
    bands: BandsRecord,
    exited: usize,
    sums: Vec<SumRecord<'a>>,
    concentration: ConcentrationRecord<'a>,
    accounts: AccountsRecord<'a>,
}

#[derive(Serialize)]
struct BandsRecord {
    green: usize,
    yellow: usize,
    red: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct SumRecord<'a> {
    kpi: &'a str,
    name: &'a str,
    unit: Option<&'a str>,
    periods: Vec<PeriodSumRecord<'a>>,
}

#[derive(Serialize)]
struct PeriodSumRecord<'a> {
    period: Period,
    total: Option<String>,
    partners: usize,
    incomplete: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<RateRecord<'a>>,
}

#[derive(Serialize)]
struct ConcentrationRecord<'a> {
    quarters: [Period; 4],
    total: Option<String>,
    squares: Option<String>,
    shares: Vec<ShareRecord<'a>>,
    missing: Vec<RateRecord<'a>>,
}

#[derive(Serialize)]
struct ShareRecord<'a> {
    partner: &'a str,
    amount: String,
    share: String,
    /// How many of the quarters have a value, where not all do.
    #[serde(skip_serializing_if = "Option::is_none")]
    quarters: Option<usize>,
}

#[derive(Serialize)]
struct AccountsRecord<'a> {
    count: usize,
    value: Option<String>,
    over_credited: Vec<AccountRecord<'a>>,
    missing: Vec<RateRecord<'a>>,
}

#[derive(Serialize)]
struct AccountRecord<'a> {
    name: &'a str,
    credit: String,
    value: Option<String>,
    claims: Vec<ClaimRecord<'a>>,
}

#[derive(Serialize)]
struct ClaimRecord<'a> {
    partner: &'a str,
    credit: Option<String>,
    value: Option<String>,
}

impl<'a> PortfolioRecord<'a> {
    /// The measures of all partners on the site.
    pub fn new(workspace: &'a Workspace, of: &'a Portfolio) -> PortfolioRecord<'a> {
        PortfolioRecord {
            bands: BandsRecord {
                green: of.count(Band::Green),
                yellow: of.count(Band::Yellow),
                red: of.count(Band::Red),
                unknown: of.count(Band::Unknown),
            },
            exited: of.exited,
            sums: of.sums.iter().map(SumRecord::new).collect(),
            concentration: ConcentrationRecord::new(workspace, &of.concentration),
            accounts: AccountsRecord::new(workspace, &of.accounts),
        }
    }
}

impl<'a> SumRecord<'a> {
    fn new(of: &'a KpiSum) -> SumRecord<'a> {
        let period = |(period, sum): (&Period, &'a PeriodSum)| PeriodSumRecord {
            period: *period,
            total: sum.total.as_ref().map(exact),
            partners: sum.partners,
            incomplete: sum.incomplete,
            missing: RateRecord::all(&sum.missing),
        };
        SumRecord {
            kpi: &of.id,
            name: &of.name,
            unit: Some(of.unit.as_str()).filter(|unit| !unit.is_empty()),
            periods: of.periods.iter().map(period).collect(),
        }
    }
}

impl<'a> ConcentrationRecord<'a> {
    fn new(workspace: &'a Workspace, of: &'a Concentration) -> ConcentrationRecord<'a> {
        let shares = of.shares.iter().map(|share| ShareRecord {
            partner: id(workspace, share.partner),
            amount: exact(&share.amount),
            share: ratio(&share.share),
            quarters: Some(share.quarters).filter(|quarters| *quarters < of.quarters.len()),
        });
        ConcentrationRecord {
            quarters: of.quarters,
            total: of.total.as_ref().map(exact),
            squares: of.squares.as_ref().map(ratio),
            shares: shares.collect(),
            missing: RateRecord::all(&of.missing),
        }
    }
}

impl<'a> AccountsRecord<'a> {
    fn new(workspace: &'a Workspace, of: &'a Accounts) -> AccountsRecord<'a> {
        let over = of.all.iter().filter(|account| account.is_over_credited());
        AccountsRecord {
            count: of.all.len(),
            value: of.value.as_ref().map(exact),
            over_credited: over.map(|account| AccountRecord::new(workspace, account)).collect(),
            missing: RateRecord::all(&of.missing),
        }
    }
}

impl<'a> AccountRecord<'a> {
    fn new(workspace: &'a Workspace, of: &'a Account) -> AccountRecord<'a> {
        let claims = of.claims.iter().map(|claim| ClaimRecord {
            partner: id(workspace, claim.partner),
            // Credits have an end, so none that is above 1 is written as 1.
            credit: claim.credit.as_ref().map(exact),
            value: claim.value.as_ref().map(exact),
        });
        AccountRecord { name: &of.name, credit: exact(&of.credit), value: of.value.as_ref().map(exact), claims: claims.collect() }
    }
}

fn id(workspace: &Workspace, partner: PartnerId) -> &str {
    &workspace.partners[partner].id
}
