//! References in front matter: stages, models, relations, documents, KPIs; and the values of `metrics.csv`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::index::{Found, Index};
use super::links::{Target, resolve_path};
use super::model::{MissingTemplate, PageId, PageKind, PartnerEntry, PartnerId, Workspace};
use super::quarters::quarters;
use crate::content::rewrite::bad_word;
use crate::diagnostics::{Finding, Place, Step, input};
use crate::model::kpi::{Actual, DEFAULTS, Kpi, Series, Target as KpiTarget};
use crate::model::metrics::Metric;
use crate::model::period::Period;
use crate::model::settings::Settings;
use crate::model::settings_file::Phase;
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

/// Relations of one kind to other partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The kind, as people read it.
    pub label: String,
    /// The partners.
    pub partners: Vec<PartnerId>,
}

/// Resolves the references of every partner and playbook.
pub fn resolve(workspace: &mut Workspace, index: &Index, metrics: &[(Arc<str>, Option<String>, Vec<Metric>)]) {
    let by_partner = assign(workspace, index, metrics);
    let pages = &workspace.pages;
    let (settings, as_of) = (&workspace.settings, workspace.as_of);
    let hidden: Vec<bool> = workspace.partners.iter().map(|partner| pages[partner.page].hidden).collect();
    let results: Vec<Vec<Finding>> = workspace
        .partners
        .par_iter_mut()
        .zip(by_partner)
        .enumerate()
        .map(|(at, (partner, metrics))| {
            let path = pages[partner.page].path.clone();
            let mut checker = Checker { settings, hidden: &hidden, index, path, findings: Vec::new() };
            checker.partner(partner);
            checker.kpis(partner, &metrics);
            // Also where it stands in a file of all partners.
            checker.findings.iter_mut().for_each(|finding| finding.partner = Some(at));
            partner.quarters = quarters(partner, pages, as_of, settings.fiscal_year_start);
            // By time: a month's name sorts before a quarter's.
            partner.reviews = partner.quarters.iter().filter_map(|quarter| quarter.page).collect();
            checker.findings
        })
        .collect();
    workspace.findings.extend(results.into_iter().flatten());
    pages_of_partners(workspace);
    playbooks(workspace, index);
}

type Given<'a> = (&'a Arc<str>, &'a Metric);

/// Gives each line of every `metrics.csv` to its partner.
fn assign<'a>(workspace: &mut Workspace, index: &Index, metrics: &'a [(Arc<str>, Option<String>, Vec<Metric>)]) -> Vec<Vec<Given<'a>>> {
    let mut by_partner: Vec<Vec<Given<'a>>> = vec![Vec::new(); workspace.partners.len()];
    if metrics.is_empty() {
        return by_partner;
    }
    let folders = by_folder(workspace);
    let mut findings = Vec::new();
    let mut unknown: BTreeMap<(&Arc<str>, &String), (&Span, usize)> = BTreeMap::new();
    for (path, folder, lines) in metrics {
        let own = folder.as_ref().map(|folder| folders.get(folder.as_str()).copied());
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
        for line in lines {
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
                by_partner[partner].push((path, line));
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
    workspace.findings.extend(findings);
    by_partner
}

/// The partners by the folder in which, or beside which, their file lies.
fn by_folder(workspace: &Workspace) -> FxHashMap<&str, PartnerId> {
    let folder = |partner: &PartnerEntry| -> &str {
        let path = &workspace.pages[partner.page].path;
        let inner = path.strip_prefix("content/partners/").unwrap_or(path);
        inner.strip_suffix("/index.md").or_else(|| inner.rsplit_once('.').map(|(stem, _)| stem)).unwrap_or(inner)
    };
    workspace.partners.iter().enumerate().map(|(at, partner)| (folder(partner), at)).collect()
}

struct Checker<'a> {
    settings: &'a Settings,
    /// For each partner, whether it is kept off the site.
    hidden: &'a [bool],
    index: &'a Index,
    path: Arc<str>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn report(&mut self, rule: &'static crate::diagnostics::Rule, route: Vec<Step>, message: String, help: Option<String>) {
        self.findings.push(Finding::new(rule, &self.path, Place::Key(route), message).maybe_help(help));
    }

    fn partner(&mut self, partner: &mut PartnerEntry) {
        let data = &partner.data;
        if let Some(stage) = data.stage.as_deref() {
            self.stage(stage, route!["stage"]);
        }
        for (at, entry) in data.lifecycle.iter().enumerate() {
            match entry.stage.as_deref() {
                Some(stage) => {
                    self.stage(stage, route!["lifecycle", at, "stage"]);
                }
                None => self.report(
                    &input::BAD_VALUE,
                    route!["lifecycle", at],
                    "this move does not say which stage was entered".to_owned(),
                    Some("add `stage: …`".to_owned()),
                ),
            }
        }
        for (at, insight) in data.insights.iter().enumerate() {
            for (key, stage) in [("from", &insight.from), ("to", &insight.to)] {
                if let Some(stage) = stage {
                    self.stage(stage, route!["insights", at, key]);
                }
            }
        }
        partner.stage = data.current_stage().and_then(|stage| self.settings.stage_index(stage));
        if let Some(model) = data.model.as_deref() {
            partner.model = self.settings.model_index(model);
            if partner.model.is_none() {
                let words: Vec<&str> = self.settings.models.iter().map(|model| model.id.as_str()).collect();
                let message = format!("`{model}` is not a partnership model");
                self.findings.push(bad_word(&self.path, route!["model"], model, message, &words));
            }
        }
        if let Some(site) = data.website.as_deref()
            && website(site).is_none()
        {
            self.report(
                &input::BAD_VALUE,
                route!["website"],
                format!("`{site}` is not a web address"),
                Some("start it with `https://`".to_owned()),
            );
        }
        self.findings.extend(super::forums::check(&self.path, &partner.data));
        self.relations(partner);
        let hidden = |name: &String| self.index.partner(name).is_ok_and(|other| self.hidden[other]);
        for (_, names) in &mut partner.data.relations.0 {
            names.retain(|name| !hidden(name));
        }
        self.documents(partner);
    }

    fn stage(&mut self, stage: &str, route: Vec<Step>) {
        if self.settings.stage_index(stage).is_none() {
            let words: Vec<&str> = self.settings.stages.iter().map(|stage| stage.id.as_str()).collect();
            let message = format!("`{stage}` is not a stage of this workspace's lifecycle");
            self.findings.push(bad_word(&self.path, route, stage, message, &words));
        }
    }

    fn relations(&mut self, partner: &mut PartnerEntry) {
        for (kind, names) in partner.data.relations.iter() {
            let mut partners = Vec::with_capacity(names.len());
            for (at, name) in names.iter().enumerate() {
                match self.index.partner(name) {
                    Ok(other) => partners.push(other),
                    Err(true) => {}
                    Err(false) => {
                        let near = self.index.partner_advice(name);
                        let help = near.unwrap_or_else(|| "write the id, name or alias of a partner, or remove it".to_owned());
                        self.report(
                            &input::BROKEN_LINK,
                            route!["relations", kind.to_owned(), at],
                            format!("there is no partner `{name}`"),
                            Some(help),
                        );
                    }
                }
            }
            partners.retain(|other| !self.hidden[*other]);
            if !partners.is_empty() {
                partner.related.push(Related { label: slug::title(kind), partners });
            }
        }
    }

    /// Links to documents: outputs of the lifecycle, and the agreement.
    fn documents(&mut self, partner: &mut PartnerEntry) {
        let mut links: Vec<(String, Vec<Step>)> = Vec::new();
        for (at, entry) in partner.data.lifecycle.iter().enumerate() {
            links.extend(entry.outputs.iter().map(|(name, link)| (link.clone(), route!["lifecycle", at, "outputs", name.to_owned()])));
        }
        if let Some(link) = partner.data.agreement.as_ref().and_then(|agreement| agreement.link.clone()) {
            links.push((link, route!["agreement", "link"]));
        }
        for (link, route) in links {
            let target = self.document(&link, route);
            partner.outputs.push((link, target));
        }
    }

    fn document(&mut self, link: &str, route: Vec<Step>) -> Target {
        if link.starts_with("https://") || link.starts_with("http://") {
            return Target::External(link.to_owned());
        }
        let name = link.trim_start_matches("[[").trim_end_matches("]]");
        let (file, fragment) = name.split_once('#').map_or((name, None), |(file, fragment)| (file, Some(fragment.to_owned())));
        let found = resolve_path(self.index, &self.path, file).or_else(|help| self.index.named(file).first().copied().ok_or(help));
        match found {
            Ok(Found::Page(page)) => Target::Page(page, fragment),
            Ok(Found::Asset(asset)) => Target::Asset(asset, fragment),
            Ok(Found::Generated(_) | Found::Nothing) => Target::Nowhere,
            Err(help) => {
                self.report(&input::BROKEN_LINK, route, format!("there is no file `{link}`"), help);
                Target::Nowhere
            }
        }
    }

    /// Definitions and values of the partner's KPIs, front matter first, then what only `metrics.csv` knows.
    fn kpis(&mut self, partner: &mut PartnerEntry, metrics: &[Given<'_>]) {
        let mut all: Vec<PartnerKpi> = Vec::with_capacity(partner.data.kpis.0.len());
        for (id, own) in partner.data.kpis.iter() {
            all.push(PartnerKpi { id: id.to_owned(), kpi: self.settings.kpi(id, own), targets: Series::default(), given: Vec::new() });
        }
        let mut given: BTreeMap<(usize, Period), (&Arc<str>, &Span)> = BTreeMap::new();
        for (path, metric) in metrics {
            if !knows_kpi(self.settings, &all, &metric.kpi) {
                let finding = Finding::new(
                    &input::BROKEN_LINK,
                    path,
                    Place::Span(metric.kpi_span.clone()),
                    format!("there is no KPI `{}`", metric.kpi),
                );
                self.findings.push(finding.help(kpi_advice(self.settings, &all, &metric.kpi)));
                continue;
            }
            let at = all.iter().position(|kpi| kpi.id.eq_ignore_ascii_case(&metric.kpi)).unwrap_or_else(|| {
                let kpi = self.settings.kpi(&metric.kpi, &Kpi::default());
                all.push(PartnerKpi { id: metric.kpi.clone(), kpi, targets: Series::default(), given: Vec::new() });
                all.len() - 1
            });
            let kpi = &mut all[at];
            let known = kpi.kpi.actuals.get(metric.period).copied();
            match (known, metric.actual) {
                (None | Some(Actual::Unknown), value) => {
                    kpi.kpi.actuals.insert(metric.period, value);
                    kpi.given.push(FromCsv { period: metric.period, target: false, path: (*path).clone(), line: metric.line });
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
                        None => (&self.path, Place::Key(route!["kpis", &id, "actuals", period.to_string()])),
                    };
                    let finding = finding.related(other, place, "the other source");
                    self.findings.push(finding);
                }
                _ => {}
            }
            if let Some(target) = metric.target {
                let written = match &kpi.kpi.target {
                    Some(KpiTarget::From(series)) => series.get(metric.period).copied(),
                    _ => None,
                };
                if let Some(other) = kpi.targets.get(metric.period).copied().or(written).filter(|other| *other != target) {
                    let message = format!(
                        "the target of `{}` of {} in {}: this says {target}, another source says {other}",
                        kpi.id, partner.id, metric.period
                    );
                    let finding = Finding::new(&input::CONFLICTING_ACTUALS, path, Place::Span(metric.span.clone()), message)
                        .help("keep the target in one of the two places");
                    self.findings.push(finding);
                } else {
                    kpi.targets.insert(metric.period, target);
                    kpi.given.push(FromCsv { period: metric.period, target: true, path: (*path).clone(), line: metric.line });
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
            if !knows_kpi(self.settings, &partner.kpis, id) {
                let finding = Finding::new(&input::BROKEN_LINK, &self.path, Place::Key(route), format!("there is no KPI `{id}`"));
                self.findings.push(finding.help(kpi_advice(self.settings, &partner.kpis, id)));
            }
        }
    }
}

/// A web address that may become a link; a bare domain is taken as one.
pub fn website(text: &str) -> Option<String> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return Some(text.to_owned());
    }
    let host = text.split('/').next().unwrap_or_default();
    let bare = !text.contains([':', ' ', '"', '\\']) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    bare.then(|| format!("https://{text}"))
}

/// The route of an address that a page had: `old/acme.md`, `old/acme.html` or `old/acme/`.
pub fn redirect_route(old: &str) -> Option<String> {
    let old = old.trim();
    if old.is_empty() || old.contains(['\\', '?', '#', '\0']) || old.contains("://") {
        return None;
    }
    let path = crate::text::path::join("", old.trim_start_matches('/'))?;
    let path = match crate::text::path::extension(&path).as_str() {
        "html" => path,
        "md" | "markdown" => format!("{}.html", path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem)),
        _ if path.is_empty() => return None,
        _ => format!("{path}/index.html"),
    };
    Some(path.split('/').map(slug::safe_file_name).collect::<Vec<_>>().join("/"))
}

/// Checks the addresses that pages had, and the KPIs that reviews name.
fn pages_of_partners(workspace: &mut Workspace) {
    let mut findings = Vec::new();
    for page in &workspace.pages {
        let redirects = page.redirects(&workspace.partners);
        for (at, old) in redirects.iter().enumerate().filter(|(_, old)| redirect_route(old).is_none()) {
            let message = format!("`{old}` is not an address of this site");
            let finding = Finding::new(&input::BAD_VALUE, &page.path, Place::Key(route!["redirect_from", at]), message)
                .help("write the path that the page had, such as `old/plan.md`");
            findings.push(finding);
        }
    }
    for page in &workspace.pages {
        let (PageKind::Review(review, _), Some(partner)) = (&page.kind, page.partner.map(|at| &workspace.partners[at])) else { continue };
        for (at, kpi) in review.wins.iter().enumerate().filter_map(|(at, win)| Some((at, win.kpi.as_deref()?))) {
            if !knows_kpi(&workspace.settings, &partner.kpis, kpi) {
                let finding = Finding::new(
                    &input::BROKEN_LINK,
                    &page.path,
                    Place::Key(route!["wins", at, "kpi"]),
                    format!("there is no KPI `{kpi}`"),
                )
                .help(kpi_advice(&workspace.settings, &partner.kpis, kpi));
                findings.push(finding);
            }
        }
    }
    workspace.findings.extend(findings);
}

/// True for a KPI of the partner, of the workspace, or one that every workspace starts with.
fn knows_kpi(settings: &Settings, own: &[PartnerKpi], id: &str) -> bool {
    let is = |known: &str| known.eq_ignore_ascii_case(id);
    own.iter().any(|kpi| is(&kpi.id)) || settings.kpis.keys().any(is) || DEFAULTS.iter().any(|(known, ..)| is(known))
}

/// The KPI that may have been meant.
fn kpi_advice(settings: &Settings, own: &[PartnerKpi], id: &str) -> String {
    let words = own.iter().map(|kpi| kpi.id.as_str()).chain(settings.kpis.keys()).chain(DEFAULTS.iter().map(|(id, ..)| *id));
    let near = suggest::nearest(id, words).map(|near| format!("did you mean `{near}`?"));
    near.unwrap_or_else(|| "define it under `kpis:`, of the partner or in partnerbook.yaml".to_owned())
}

/// Links the steps of playbooks to their documents.
fn playbooks(workspace: &mut Workspace, index: &Index) {
    let mut uses: Vec<(PageId, PageId, usize)> = Vec::new();
    let mut targets: Vec<(PageId, Vec<Target>)> = Vec::new();
    for (at, page) in workspace.pages.iter().enumerate() {
        let PageKind::Playbook(playbook) = &page.kind else {
            continue;
        };
        let mut steps = Vec::with_capacity(playbook.steps.len());
        for (step, entry) in playbook.steps.iter().enumerate() {
            let Some(template) = entry.template.as_deref().filter(|template| !template.is_empty()) else {
                steps.push(Target::Nowhere);
                continue;
            };
            // A path from the file itself or from the top of `content/`, or an id or name.
            let found = resolve_path(index, &page.path, template)
                .or_else(|help| resolve_path(index, &page.path, &format!("/{template}")).map_err(|other| help.or(other)))
                .or_else(|help| index.named(template).first().copied().ok_or(help));
            match found {
                Ok(Found::Page(document)) => {
                    uses.push((document, at, step));
                    steps.push(Target::Page(document, None));
                }
                Ok(Found::Asset(asset)) => steps.push(Target::Asset(asset, None)),
                Ok(Found::Generated(_) | Found::Nothing) => steps.push(Target::Nowhere),
                Err(advice) => {
                    steps.push(Target::Nowhere);
                    workspace.missing_templates.push(MissingTemplate { playbook: at, step, advice });
                }
            }
        }
        // The playbooks that come with partnerbook name a phase, which every lifecycle has.
        if let Some(stage) = playbook.stage.as_deref()
            && workspace.settings.stage_index(stage).is_none()
            && Phase::from_word(&stage.to_lowercase()).is_none()
        {
            let words: Vec<&str> = workspace.settings.stages.iter().map(|stage| stage.id.as_str()).collect();
            let message = format!("`{stage}` is not a stage of this workspace's lifecycle");
            workspace.findings.push(bad_word(&page.path, route!["stage"], stage, message, &words));
        }
        targets.push((at, steps));
    }
    for (page, steps) in targets {
        workspace.pages[page].targets = steps;
    }
    for (document, playbook, step) in uses {
        workspace.pages[document].used_by.push((playbook, step));
    }
}
