//! Where inputs are written: in a partner's file, in a `metrics.csv`, in the settings, or nowhere.

use std::sync::Arc;

use super::{OfPartner, Source};
use crate::content::key_lines::KeyLines;
use crate::model::kpi::{Kpi, Target};
use crate::model::period::Period;
use crate::workspace::Workspace;
use crate::workspace::classify::SETTINGS;
use crate::workspace::kpis::PartnerKpi;

/// The line of a key, else of the nearest one above it that has at least `least` steps.
fn line(lines: &KeyLines, route: &[&str], least: usize) -> Option<u32> {
    (least.max(1)..=route.len()).rev().find_map(|length| lines.line(&route[..length]))
}

/// The settings' line of a key, else of one above it with at least `least` steps; the built-in default where there is none.
pub(super) fn of_settings(workspace: &Workspace, route: &[&str], least: usize) -> Source {
    match line(&workspace.settings_lines, route, least) {
        Some(line) => Source::File { path: Arc::from(SETTINGS), line },
        None => Source::Default,
    }
}

/// The settings' line of a rate. A period and a currency may be written in either case.
pub(super) fn of_rate(workspace: &Workspace, period: Period, currency: &str) -> Source {
    let lower = currency.to_lowercase();
    for period in spellings(period) {
        for currency in [currency, &lower] {
            if let found @ Source::File { .. } = of_settings(workspace, &["fx", &period, currency], 3) {
                return found;
            }
        }
    }
    of_settings(workspace, &["fx"], 1)
}

/// A period as it may be written as a key.
fn spellings(period: Period) -> [String; 2] {
    let text = period.key();
    [text.replace('Q', "q"), text]
}

impl OfPartner<'_> {
    /// The partner's file.
    pub fn path(&self) -> &Arc<str> {
        &self.workspace.pages[self.partner.page].path
    }

    /// Where the keys of its file stand.
    pub fn lines(&self) -> &KeyLines {
        &self.workspace.pages[self.partner.page].lines
    }

    /// The line of a key in the partner's file, or of the nearest one above it; the top of the file where there is none.
    pub(super) fn own(&self, route: &[&str]) -> Source {
        Source::File { path: self.path().clone(), line: self.lines().nearest(route).unwrap_or(1) }
    }

    pub(super) fn settings(&self, route: &[&str]) -> Source {
        of_settings(self.workspace, route, route.len())
    }

    /// Where a key of a KPI's definition is written: at the partner, in the settings, or nowhere.
    pub(super) fn definition(&self, kpi: &PartnerKpi, key: &str, is_there: impl Fn(&Kpi) -> bool) -> Source {
        let own = self.partner.data.kpis.iter().find(|(id, _)| *id == kpi.id);
        if let Some((id, _)) = own.filter(|(_, own)| is_there(own)) {
            return self.own(&["kpis", id, key]);
        }
        let shared = self.context.settings.kpis.iter().find(|(id, _)| id.eq_ignore_ascii_case(&kpi.id));
        match shared.filter(|(_, shared)| is_there(shared)) {
            Some((id, _)) => of_settings(self.workspace, &["kpis", id, key], 2),
            None => Source::Default,
        }
    }

    /// Where the actual of a period is written, or would be.
    pub(super) fn actual(&self, kpi: &PartnerKpi, period: Period) -> Source {
        match csv(kpi, period, false) {
            Some(found) => found,
            None => self.own_in_series(kpi, "actuals", period),
        }
    }

    /// Where a target is written: that of a `metrics.csv` for a single period, an entry of a map by period, or the one number.
    pub(super) fn target_entry(&self, kpi: &PartnerKpi, period: Option<Period>) -> Source {
        let Some(period) = period else { return self.definition(kpi, "target", |own| own.target.is_some()) };
        if let Some(found) = csv(kpi, period, true) {
            return found;
        }
        let own = self.partner.data.kpis.iter().any(|(id, own)| id == kpi.id && matches!(own.target, Some(Target::From(_))));
        if own {
            return self.own_in_series(kpi, "target", period);
        }
        let shared = self.context.settings.kpis.iter().find(|(id, _)| id.eq_ignore_ascii_case(&kpi.id));
        let Some((id, _)) = shared else { return Source::Default };
        let mut found = spellings(period).into_iter().map(|period| of_settings(self.workspace, &["kpis", id, "target", &period], 4));
        found.find(|found| *found != Source::Default).unwrap_or_else(|| of_settings(self.workspace, &["kpis", id, "target"], 2))
    }

    fn own_in_series(&self, kpi: &PartnerKpi, key: &str, period: Period) -> Source {
        let usual = period.key();
        match self.lines().line(&["kpis", &kpi.id, key, &usual]) {
            Some(line) => Source::File { path: self.path().clone(), line },
            None => self.own(&["kpis", &kpi.id, key, &usual.replace('Q', "q")]),
        }
    }
}

/// The line of a `metrics.csv` that gave a value.
fn csv(kpi: &PartnerKpi, period: Period, target: bool) -> Option<Source> {
    let given = kpi.given.iter().find(|given| given.period == period && given.target == target)?;
    Some(Source::File { path: given.path.clone(), line: given.line })
}
