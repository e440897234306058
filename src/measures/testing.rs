//! Small workspaces for the tests of measures, written the way people write them.

use std::sync::Arc;

use jiff::civil::Date;

use super::context::Context;
use super::exact::Exact;
use super::series::KpiMeasures;
use super::{PartnerMeasures, Portfolio};
use crate::content::read::{Read, Reader};
use crate::content::yaml;
use crate::model::kpi::Kpi;
use crate::model::partner::Partner;
use crate::model::period::Period;
use crate::model::settings::Settings;
use crate::model::settings_file;
use crate::workspace::PartnerEntry;
use crate::workspace::kpis::PartnerKpi;

pub fn exact(text: &str) -> Exact {
    Exact::from(crate::content::scalar::decimal(text).unwrap())
}

pub fn day(text: &str) -> Date {
    crate::content::scalar::date(text).unwrap()
}

pub fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

pub fn settings(text: &str) -> Settings {
    read(text, |node, reader| Some(settings_file::read(node, reader))).map(|file| Settings::new(&file)).unwrap()
}

/// A KPI as it is written at a partner.
pub fn kpi(settings: &Settings, id: &str, text: &str) -> PartnerKpi {
    let own: Kpi = read(text, Kpi::read).unwrap_or_default();
    PartnerKpi { id: id.to_owned(), kpi: settings.kpi(id, &own), ..PartnerKpi::default() }
}

/// A partner with this front matter.
pub fn partner(settings: &Settings, text: &str) -> PartnerEntry {
    let data = read(text, Partner::read).unwrap();
    let kpis = data.kpis.iter().map(|(id, own)| PartnerKpi { id: id.to_owned(), kpi: settings.kpi(id, own), ..PartnerKpi::default() });
    PartnerEntry {
        id: data.name.clone().unwrap_or_default().to_lowercase(),
        stage: data.current_stage().and_then(|stage| settings.stage_index(stage)),
        kpis: kpis.collect(),
        data: std::sync::Arc::new(data),
        ..PartnerEntry::default()
    }
}

/// The measures of one KPI as of 20 November 2026, and what `show` makes of them.
pub fn measured<T>(id: &str, text: &str, show: impl FnOnce(&KpiMeasures, &Context<'_>) -> T) -> T {
    measured_in("", id, text, show)
}

/// The same in a workspace with these settings.
pub fn measured_in<T>(own: &str, id: &str, text: &str, show: impl FnOnce(&KpiMeasures, &Context<'_>) -> T) -> T {
    let settings = settings(own);
    let context = Context::new(&settings, day("2026-11-20"));
    show(&KpiMeasures::new(&context, &kpi(&settings, id, text)), &context)
}

/// The portfolio of partners with these front matters, in a workspace with these settings.
pub fn portfolio<T>(own: &str, partners: &[&str], show: impl FnOnce(&Portfolio) -> T) -> T {
    let settings = settings(own);
    let context = Context::new(&settings, day("2026-11-20"));
    let entries: Vec<PartnerEntry> = partners.iter().map(|text| partner(&settings, text)).collect();
    let measures: Vec<PartnerMeasures> = entries.iter().map(|entry| PartnerMeasures::new(&context, entry, None)).collect();
    let members: Vec<_> = entries.iter().zip(&measures).enumerate().map(|(at, (entry, measures))| (at, entry, measures)).collect();
    show(&Portfolio::new(&context, &members))
}

fn read<T>(text: &str, read: impl for<'n> FnOnce(&'n yaml::Node<'n>, &mut Reader<'n>) -> Option<T>) -> Option<T> {
    let tree = yaml::parse(text, 0..text.len());
    let path: Arc<str> = Arc::from("test.md");
    let mut reader = Reader::new(&path, text);
    let found = read(&tree.root, &mut reader);
    assert!(reader.findings.is_empty(), "{:?}", reader.findings);
    found
}
