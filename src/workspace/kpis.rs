//! KPIs of partners: their definitions, and their values from front matter and every `metrics.csv`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::index::Index;
use super::model::{PartnerEntry, PartnerId, Workspace};
use crate::diagnostics::{Finding, Place, Step, input};
use crate::model::kpi::{Actual, DEFAULTS, Kpi, Series, Target};
use crate::model::metrics::Metric;
use crate::model::period::Period;
use crate::model::settings::Settings;
use crate::route;
use crate::text::{Span, slug, suggest};

/// A KPI of a partner: its definition and its values from every source.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PartnerKpi {
    /// Its id.
    pub id: String,
    /// The definition that holds, with the actuals of front matter and `metrics.csv`.
    pub kpi: Kpi,
    /// Targets that `metrics.csv` gives for single periods.
    pub targets: Series<Decimal>,
    /// What came from a `metrics.csv`.
    pub given: Vec<FromCsv>,
}

/// A value that came from a `metrics.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromCsv {
    /// Its period.
    pub period: Period,
    /// True for a target, false for an actual.
    pub target: bool,
    /// The file.
    pub path: Arc<str>,
    /// The line, from 1.
    pub line: u32,
}

impl PartnerKpi {
    /// The target of a period.
    pub fn target(&self, period: Period) -> Option<Decimal> {
        self.targets.get(period).copied().or_else(|| self.kpi.target.as_ref().and_then(|target| target.at(period)))
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.kpi.name.clone().unwrap_or_else(|| slug::title(&self.id))
    }
}

/// A `metrics.csv`: its path, the folder of the partner that it belongs to, and its lines.
pub type MetricsFile = (Arc<str>, Option<String>, Arc<[Metric]>);

/// Every `metrics.csv` of a workspace, and which of their lines belong to which partner.
#[derive(Debug, Default)]
pub struct Metrics {
    files: Vec<MetricsFile>,
    /// By partner: the places of a file and of a line in it, ascending.
    lines: Vec<Vec<(u32, u32)>>,
}

impl Metrics {
    /// Gives each line to its partner. Partners that are not there are findings.
    pub fn new(files: Vec<MetricsFile>, workspace: &Workspace, index: &Index) -> (Metrics, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut new = Metrics { files: Vec::new(), lines: vec![Vec::new(); workspace.partners.len()] };
        let mut unknown: BTreeMap<(&Arc<str>, &String), (&Span, usize)> = BTreeMap::new();
        for (file, (path, folder, lines)) in (0..).zip(&files) {
            let own = folder.as_ref().map(|folder| workspace.folders.get(&slug::fold(folder)).copied());
            if own == Some(None) && !lines.is_empty() {
                let folder = folder.as_deref().unwrap_or_default();
                let known = index.partner(folder).is_err_and(|broken| broken);
                if !known {
                    let near = index.partner_advice(folder);
                    let message = format!("this file belongs to the partner `{folder}`, which does not exist");
                    findings.push(Finding::new(&input::BROKEN_LINK, path, Place::File, message).maybe_help(near));
                }
                continue;
            }
            for (at, line) in (0..).zip(lines.iter()) {
                let partner = match (&own, &line.partner) {
                    (Some(own), _) => *own,
                    (None, Some((name, span))) => match index.partner(name) {
                        Ok(partner) => Some(partner),
                        Err(broken) => {
                            if !broken {
                                unknown.entry((path, name)).or_insert((span, 0)).1 += 1;
                            }
                            None
                        }
                    },
                    (None, None) => None,
                };
                if let Some(partner) = partner {
                    new.lines[partner].push((file, at));
                }
            }
        }
        for ((path, name), (span, lines)) in unknown {
            let near = index.partner_advice(name);
            let message = if lines == 1 {
                format!("there is no partner `{name}`")
            } else {
                format!("there is no partner `{name}`, which {lines} lines name")
            };
            findings.push(Finding::new(&input::BROKEN_LINK, path, Place::Span(span.clone()), message).maybe_help(near));
        }
        new.files = files;
        (new, findings)
    }

    /// The lines of a partner, with their files.
    pub fn of(&self, partner: PartnerId) -> impl Iterator<Item = (&Arc<str>, &Metric)> {
        self.lines.get(partner).into_iter().flatten().filter_map(|(file, line)| {
            let (path, _, lines) = self.files.get(*file as usize)?;
            Some((path, lines.get(*line as usize)?))
        })
    }

    /// Puts other lines into the file in a partner's folder; false where there was none.
    pub fn replace(&mut self, path: &str, partner: PartnerId, lines: Arc<[Metric]>) -> bool {
        let Some((at, file)) = (0..).zip(&mut self.files).find(|(_, (known, folder, _))| folder.is_some() && **known == *path) else {
            return false;
        };
        let own = &mut self.lines[partner];
        own.retain(|(file, _)| *file != at);
        own.extend((0..lines.len() as u32).map(|line| (at, line)));
        own.sort_unstable();
        file.2 = lines;
        true
    }
}

/// Definitions and values of the partner's KPIs, front matter first, then what only `metrics.csv` knows.
pub(super) fn join<'a>(
    settings: &Settings,
    own: &Arc<str>,
    partner: &mut PartnerEntry,
    metrics: impl Iterator<Item = (&'a Arc<str>, &'a Metric)>,
    findings: &mut Vec<Finding>,
) {
    let mut all: Vec<PartnerKpi> = Vec::with_capacity(partner.data.kpis.0.len());
    for (id, own) in partner.data.kpis.iter() {
        all.push(PartnerKpi { id: id.to_owned(), kpi: settings.kpi(id, own), targets: Series::default(), given: Vec::new() });
    }
    let mut given: BTreeMap<(usize, Period), (&Arc<str>, &Span)> = BTreeMap::new();
    for (path, metric) in metrics {
        if !knows_kpi(settings, &all, &metric.kpi) {
            let finding =
                Finding::new(&input::BROKEN_LINK, path, Place::Span(metric.kpi_span.clone()), format!("there is no KPI `{}`", metric.kpi));
            findings.push(finding.help(kpi_advice(settings, &all, &metric.kpi)));
            continue;
        }
        let at = all.iter().position(|kpi| kpi.id.eq_ignore_ascii_case(&metric.kpi)).unwrap_or_else(|| {
            let kpi = settings.kpi(&metric.kpi, &Kpi::default());
            all.push(PartnerKpi { id: metric.kpi.clone(), kpi, targets: Series::default(), given: Vec::new() });
            all.len() - 1
        });
        let kpi = &mut all[at];
        let known = kpi.kpi.actuals.get(metric.period).copied();
        match (known, metric.actual) {
            (None | Some(Actual::Unknown), value) => {
                kpi.kpi.actuals.insert(metric.period, value);
                kpi.given.push(FromCsv { period: metric.period, target: false, path: path.clone(), line: metric.line });
                given.insert((at, metric.period), (path, &metric.span));
            }
            (Some(_), Actual::Unknown) => {}
            (Some(known), value) if known != value => {
                let (id, period) = (kpi.id.clone(), metric.period);
                let message =
                    format!("`{id}` of {} in {period}: this says {}, another source says {}", partner.id, value.show(), known.show());
                let finding = Finding::new(&input::CONFLICTING_ACTUALS, path, Place::Span(metric.span.clone()), message)
                    .help("keep the value in one of the two places");
                let (other, place) = match given.get(&(at, period)) {
                    Some((path, span)) => (*path, Place::Span((*span).clone())),
                    None => (own, Place::Key(route!["kpis", &id, "actuals", period.to_string()])),
                };
                let finding = finding.related(other, place, "the other source");
                findings.push(finding);
            }
            _ => {}
        }
        if let Some(target) = metric.target {
            let written = match &kpi.kpi.target {
                Some(Target::From(series)) => series.get(metric.period).copied(),
                _ => None,
            };
            if let Some(other) = kpi.targets.get(metric.period).copied().or(written).filter(|other| *other != target) {
                let message = format!(
                    "the target of `{}` of {} in {}: this says {target}, another source says {other}",
                    kpi.id, partner.id, metric.period
                );
                let finding = Finding::new(&input::CONFLICTING_ACTUALS, path, Place::Span(metric.span.clone()), message)
                    .help("keep the target in one of the two places");
                findings.push(finding);
            } else {
                kpi.targets.insert(metric.period, target);
                kpi.given.push(FromCsv { period: metric.period, target: true, path: path.clone(), line: metric.line });
            }
        }
    }
    partner.kpis = all;
    let mut named: Vec<(&str, Vec<Step>)> = Vec::new();
    if let Some(metric) = partner.data.objective.as_ref().and_then(|objective| objective.metric.as_deref()) {
        named.push((metric, route!["objective", "metric"]));
    }
    for (at, goal) in partner.data.goals.iter().enumerate() {
        named.extend(goal.kpi.as_deref().map(|kpi| (kpi, route!["goals", at, "kpi"])));
    }
    for (id, route) in named {
        if !knows_kpi(settings, &partner.kpis, id) {
            let finding = Finding::new(&input::BROKEN_LINK, own, Place::Key(route), format!("there is no KPI `{id}`"));
            findings.push(finding.help(kpi_advice(settings, &partner.kpis, id)));
        }
    }
}

/// True for a KPI of the partner, of the workspace, or one that every workspace starts with.
pub(super) fn knows_kpi(settings: &Settings, own: &[PartnerKpi], id: &str) -> bool {
    let is = |known: &str| known.eq_ignore_ascii_case(id);
    own.iter().any(|kpi| is(&kpi.id)) || settings.kpis.keys().any(is) || DEFAULTS.iter().any(|(known, ..)| is(known))
}

/// The KPI that may have been meant.
pub(super) fn kpi_advice(settings: &Settings, own: &[PartnerKpi], id: &str) -> String {
    let words = own.iter().map(|kpi| kpi.id.as_str()).chain(settings.kpis.keys()).chain(DEFAULTS.iter().map(|(id, ..)| *id));
    let near = suggest::nearest(id, words).map(|near| format!("did you mean `{near}`?"));
    near.unwrap_or_else(|| "define it under `kpis:`, of the partner or in partnerbook.yaml".to_owned())
}
