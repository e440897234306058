//! KPI tables: one for each granularity, newest period last.

use serde_json::Value;

use crate::content::scalar::grouped;
use crate::model::kpi::{Actual, Direction};
use crate::model::period::{Granularity, Period};
use crate::object;
use crate::workspace::references::PartnerKpi;

/// The tables of a partner's KPIs. `keep` chooses the periods; the newest ones that fit are shown.
pub fn tables(kpis: &[PartnerKpi], keep: impl Fn(Period) -> bool, most: impl Fn(Granularity) -> usize) -> Vec<Value> {
    let mut tables = Vec::new();
    for (granularity, title) in [(Granularity::Quarter, "By quarter"), (Granularity::Month, "By month"), (Granularity::Year, "By year")] {
        let mut periods: Vec<Period> = kpis
            .iter()
            .flat_map(|kpi| kpi.kpi.actuals.0.iter().map(|(period, _)| *period))
            .filter(|period| period.granularity() == granularity && keep(*period))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        let drop = periods.len().saturating_sub(most(granularity));
        periods.drain(..drop);
        if periods.is_empty() {
            continue;
        }
        let measured = |kpi: &&PartnerKpi| kpi.kpi.actuals.0.iter().any(|(period, _)| periods.contains(period));
        let rows: Vec<Value> = kpis.iter().filter(measured).map(|kpi| row(kpi, &periods)).collect();
        let titles: Vec<String> = periods.iter().map(|period| period.title()).collect();
        tables.push(object!({"title": title, "periods": titles, "rows": rows}));
    }
    let unmeasured: Vec<Value> = kpis.iter().filter(|kpi| kpi.kpi.actuals.0.is_empty()).map(|kpi| row(kpi, &[])).collect();
    if !unmeasured.is_empty() {
        tables.push(object!({"title": "Not measured yet", "periods": Vec::<Value>::new(), "rows": unmeasured}));
    }
    tables
}

fn row(kpi: &PartnerKpi, periods: &[Period]) -> Value {
    let target = match periods.last() {
        Some(period) => kpi.target(*period),
        None => match &kpi.kpi.target {
            Some(crate::model::kpi::Target::Always(number)) => Some(*number),
            Some(crate::model::kpi::Target::From(series)) => series.0.last().map(|(_, number)| *number),
            None => None,
        },
    };
    let target = match (target, kpi.kpi.direction) {
        (None, Some(Direction::Range(lo, hi))) => Some(format!("{}–{}", grouped(&lo), grouped(&hi))),
        (target, _) => target.map(|number| grouped(&number)),
    };
    let direction = match kpi.kpi.direction {
        Some(Direction::Lower) => Value::from("lower is better"),
        Some(Direction::Range(lo, hi)) => Value::from(format!("best between {} and {}", grouped(&lo), grouped(&hi))),
        _ => Value::Null,
    };
    let cells: Vec<String> = periods
        .iter()
        .map(|period| kpi.kpi.actuals.get(*period).map_or_else(|| "none".to_owned(), |actual: &Actual| actual.show()))
        .collect();
    object!({
        "name": kpi.name(),
        "unit": kpi.kpi.unit.clone().unwrap_or_default(),
        "target": target,
        "direction": direction,
        "cells": cells,
    })
}
