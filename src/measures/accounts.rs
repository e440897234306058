//! Customer accounts: each counts once, however many partners claim it.

use std::collections::BTreeMap;

use super::context::{Context, MissingRate};
use super::exact::Exact;
use super::portfolio::Member;
use crate::text::slug;
use crate::workspace::PartnerId;

/// A partner's claim on an account.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The partner.
    pub partner: PartnerId,
    /// The place of the account among the partner's.
    pub account: usize,
    /// The partner's share of the credit, as a fraction.
    pub credit: Option<Exact>,
    /// What the partner says that it is worth, in the workspace's currency.
    pub value: Option<Exact>,
}

/// A customer account with everybody who claims it.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The customer, as the first partner writes it.
    pub name: String,
    /// Who claims it.
    pub claims: Vec<Claim>,
    /// The sum of the credits, as a fraction; more than 1 is more than there is.
    pub credit: Exact,
    /// What it is worth: the highest of the values that are written.
    pub value: Option<Exact>,
}

impl Account {
    /// True when the partners claim more than 100 % of it together.
    pub fn is_over_credited(&self) -> bool {
        self.credit > Exact::ONE
    }
}

/// The accounts of all partners.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Accounts {
    /// Each account once, by name.
    pub all: Vec<Account>,
    /// What all of them are worth. `None` where none has a value, or a rate is missing.
    pub value: Option<Exact>,
    /// The rates that are missing.
    pub missing: Vec<MissingRate>,
}

impl Accounts {
    /// The accounts of all partners. Two are the same when their names are, apart from case and spaces. A value has no date and
    /// takes the latest closed rate.
    pub fn new(context: &Context<'_>, members: &[Member<'_>]) -> Accounts {
        let mut all: BTreeMap<String, Account> = BTreeMap::new();
        let mut missing = Vec::new();
        for (partner, entry, _) in members {
            for (at, account) in entry.data.accounts.iter().enumerate() {
                let name = account.name.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
                if name.is_empty() {
                    continue;
                }
                let value = account.value.as_ref().and_then(|money| {
                    let currency = money.currency.as_deref().unwrap_or(&context.settings.currency);
                    context.convert_undated(&Exact::from(money.amount), currency).map_err(|rate| missing.push(rate)).ok()
                });
                let credit = account.credit.map(|percent| Exact::from(percent).of_percent());
                let known =
                    all.entry(slug::fold(&name)).or_insert_with(|| Account { name, claims: Vec::new(), credit: Exact::ZERO, value: None });
                known.credit = &known.credit + credit.as_ref().unwrap_or(&Exact::ZERO);
                known.value = known.value.take().max(value.clone());
                known.claims.push(Claim { partner: *partner, account: at, credit, value });
            }
        }
        missing.sort();
        missing.dedup();
        let all: Vec<Account> = all.into_values().collect();
        let valued = || all.iter().filter_map(|account| account.value.clone());
        let value = (missing.is_empty() && valued().next().is_some()).then(|| valued().sum());
        Accounts { all, value, missing }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::portfolio;

    fn shown(own: &str, partners: &[&str]) -> String {
        portfolio(own, partners, |portfolio| {
            let found = &portfolio.accounts;
            let number = |number: Option<&super::Exact>| number.map_or("-".to_owned(), |number| number.show(2, &[]));
            let account = |account: &super::Account| {
                let over = if account.is_over_credited() { "!" } else { "" };
                format!(
                    "{} ×{} {}%{over} {}; ",
                    account.name,
                    account.claims.len(),
                    account.credit.percent().show(1, &[]),
                    number(account.value.as_ref())
                )
            };
            format!("{}= {} {:?}", found.all.iter().map(account).collect::<String>(), number(found.value.as_ref()), found.missing.len())
        })
    }

    #[test]
    fn an_account_counts_once() {
        let partners = [
            "accounts: [{name: Initrode, credit: 60, value: 40000}, {name: Zeta, value: 5}]",
            "accounts: [{name: ' INITRODE ', credit: 50, value: 30000}, {name: Alpha, credit: 100}, {credit: 7}]",
        ];
        assert_eq!(shown("", &partners), "Alpha ×1 100% -; Initrode ×2 110%! 40,000; Zeta ×1 0% 5; = 40,005 0");
    }

    #[test]
    fn values_are_converted() {
        let partners = ["accounts: [{name: A, value: {amount: 10, currency: EUR}}, {name: B, value: 1}]"];
        assert_eq!(shown("fx: {2026-Q3: {EUR: 1.5}}", &partners), "A ×1 0% 15; B ×1 0% 1; = 16 0");
        assert_eq!(shown("", &partners), "A ×1 0% -; B ×1 0% 1; = - 1");
        assert_eq!(shown("", &["name: a"]), "= - 0");
    }
}
