//! Where the actual and the target of a period are written, for tables that show all periods at once.

use super::{OfPartner, Source};
use crate::model::kpi::Target;
use crate::model::period::Period;

impl OfPartner<'_> {
    /// Where the actual of a KPI, by its place, is written in a period of its own granularity; `None` where none is.
    pub fn actual_source(&self, at: usize, period: Period) -> Option<Source> {
        let kpi = self.partner.kpis.get(at)?;
        kpi.kpi.actuals.get(period)?;
        Some(self.actual(kpi, period))
    }

    /// Where the target is written that holds in a period of the KPI's own granularity; `None` where none does.
    pub fn target_source(&self, at: usize, period: Period) -> Option<Source> {
        let kpi = self.partner.kpis.get(at)?;
        if kpi.targets.get(period).is_some() {
            return Some(self.target_entry(kpi, Some(period)));
        }
        match kpi.kpi.target.as_ref()? {
            Target::Always(_) => Some(self.target_entry(kpi, None)),
            Target::From(series) => {
                let holds = |known: &&(Period, _)| known.0.granularity() == period.granularity() && known.0 <= period;
                let (entry, _) = series.0.iter().rev().find(holds)?;
                Some(self.target_entry(kpi, Some(*entry)))
            }
        }
    }
}
