//! References in front matter: stages, models, relations, documents, KPIs; and the values of `metrics.csv`.

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::index::{Found, Index};
use super::kpis::{self, Metrics, knows_kpi, kpi_advice};
use super::links::{Target, resolve_path};
use super::model::{MissingTemplate, PageId, PageKind, PageRef, PartnerEntry, PartnerId, Workspace};
use super::quarters::quarters;
use crate::content::rewrite::bad_word;
use crate::diagnostics::{Finding, Place, Step, input};
use crate::model::settings::Settings;
use crate::model::settings_file::Phase;
use crate::route;
use crate::text::slug;

/// Relations of one kind to other partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The kind, as people read it.
    pub label: String,
    /// The partners.
    pub partners: Vec<PartnerId>,
}

/// Resolves the references of every partner and playbook.
pub fn resolve(workspace: &mut Workspace, index: &Index, metrics: &Metrics) {
    let hidden = hidden(workspace);
    let around = Around { settings: &workspace.settings, pages: &workspace.pages, hidden: &hidden, index, metrics, as_of: workspace.as_of };
    let results: Vec<Vec<Finding>> =
        workspace.partners.par_iter_mut().enumerate().map(|(at, partner)| of_partner(&around, at, partner)).collect();
    workspace.findings.extend(results.into_iter().flatten());
    let results: Vec<Finding> = (0..workspace.pages.len()).flat_map(|at| of_page(workspace, at)).collect();
    workspace.findings.extend(results);
    playbooks(workspace, index);
}

/// For each partner, whether it is kept off the site.
pub fn hidden(workspace: &Workspace) -> Vec<bool> {
    workspace.partners.iter().map(|partner| workspace.pages[partner.page].hidden).collect()
}

/// What the references of a partner may lead to.
pub struct Around<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// All pages.
    pub pages: &'a [PageRef],
    /// For each partner, whether it is kept off the site.
    pub hidden: &'a [bool],
    /// Everything by its name.
    pub index: &'a Index,
    /// Every `metrics.csv`.
    pub metrics: &'a Metrics,
    /// The day on which the workspace is looked at.
    pub as_of: Date,
}

/// Resolves the references of a partner, of which `id`, `page`, `data` and `reviews` are known, and gives what is wrong with them.
pub fn of_partner(around: &Around<'_>, at: PartnerId, partner: &mut PartnerEntry) -> Vec<Finding> {
    let path = around.pages[partner.page].path.clone();
    let mut checker = Checker { settings: around.settings, hidden: around.hidden, index: around.index, path, findings: Vec::new() };
    checker.partner(partner);
    let Checker { path, mut findings, .. } = checker;
    kpis::join(around.settings, &path, partner, around.metrics.of(at), &mut findings);
    // Also where it stands in a file of all partners.
    for finding in &mut findings {
        finding.partner = Some(at);
    }
    partner.quarters = quarters(partner, around.pages, around.as_of, around.settings.fiscal_year_start);
    // By time: a month's name sorts before a quarter's.
    partner.reviews = partner.quarters.iter().filter_map(|quarter| quarter.page).collect();
    findings
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
        if partner.data.relations.iter().any(|(_, names)| names.iter().any(hidden)) {
            for (_, names) in &mut Arc::make_mut(&mut partner.data).relations.0 {
                names.retain(|name| !hidden(name));
            }
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
    // No page has such an address, and files of ours do.
    if path.split('/').any(|part| part.starts_with('.')) {
        return None;
    }
    Some(path.split('/').map(slug::safe_file_name).collect::<Vec<_>>().join("/"))
}

/// What is wrong with the former addresses of a page, and with the KPIs that the wins of a review name.
pub fn of_page(workspace: &Workspace, at: PageId) -> Vec<Finding> {
    let page = &workspace.pages[at];
    let mut findings = Vec::new();
    for (at, old) in page.redirects(&workspace.partners).iter().enumerate().filter(|(_, old)| redirect_route(old).is_none()) {
        let message = format!("`{old}` is not an address of this site");
        let finding = Finding::new(&input::BAD_VALUE, &page.path, Place::Key(route!["redirect_from", at]), message)
            .help("write the path that the page had, such as `old/plan.md`");
        findings.push(finding);
    }
    if let (PageKind::Review(review, _), Some(partner)) = (&page.kind, page.partner.map(|at| &workspace.partners[at])) {
        for (at, kpi) in review.wins.iter().enumerate().filter_map(|(at, win)| Some((at, win.kpi.as_deref()?))) {
            if !knows_kpi(&workspace.settings, &partner.kpis, kpi) {
                let place = Place::Key(route!["wins", at, "kpi"]);
                let finding = Finding::new(&input::BROKEN_LINK, &page.path, place, format!("there is no KPI `{kpi}`")).help(kpi_advice(
                    &workspace.settings,
                    &partner.kpis,
                    kpi,
                ));
                findings.push(finding);
            }
        }
    }
    findings
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
