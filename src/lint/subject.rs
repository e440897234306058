//! What rules look at: a partner with all that is known of it, and the workspace as a whole.

use std::sync::Arc;

use crate::diagnostics::{Finding, Place, Step};
use crate::measures::stage::is_on_hold;
use crate::measures::{Context, KpiMeasures, Measures, PartnerMeasures};
use crate::model::issue::Issue;
use crate::model::partner::Partner;
use crate::model::period::Period;
use crate::model::review::Review;
use crate::model::settings::{Model, Settings, Stage};
use crate::model::settings_file::{ModelCommitment, Phase};
use crate::workspace::classify::SETTINGS;
use crate::workspace::kpis::PartnerKpi;
use crate::workspace::{PageKind, PageRef, PartnerEntry, PartnerId, Workspace};

use super::Lint;

/// A workspace with its measures.
pub struct Whole<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Its measures.
    pub measures: &'a Measures,
    /// The settings and the day.
    pub context: Context<'a>,
    /// The settings.
    pub settings: &'a Settings,
    /// The path of the settings.
    pub settings_path: Arc<str>,
}

impl<'a> Whole<'a> {
    /// A workspace with its measures.
    pub fn new(workspace: &'a Workspace, measures: &'a Measures) -> Whole<'a> {
        let context = Measures::context(workspace);
        Whole { workspace, measures, context, settings: &workspace.settings, settings_path: Arc::from(SETTINGS) }
    }

    /// The partners that are on the site.
    pub fn partners(&'a self) -> impl Iterator<Item = Subject<'a>> {
        self.workspace.visible_partners().filter_map(|(at, _)| Subject::new(self, at))
    }

    /// A finding in `partnerbook.yaml`.
    pub fn in_settings(&self, lint: &'static Lint, route: Vec<Step>, message: impl Into<String>) -> Finding {
        Finding::new(&lint.rule, &self.settings_path, Place::Key(route), message)
    }
}

/// A partner that is looked at.
pub struct Subject<'a> {
    /// The workspace that it is in.
    pub whole: &'a Whole<'a>,
    /// Its place in the workspace.
    pub at: PartnerId,
    /// What is known of it.
    pub entry: &'a PartnerEntry,
    /// What its file says.
    pub data: &'a Partner,
    /// Its measures.
    pub measures: &'a PartnerMeasures,
    /// Its file.
    pub path: &'a Arc<str>,
    /// Its stage, the first one where it says nothing of a stage; `None` where its stage is not known.
    pub stage: Option<&'a Stage>,
    /// The phase of that stage.
    pub phase: Option<Phase>,
    /// True when it has left.
    pub has_left: bool,
    /// True while it is on hold.
    pub on_hold: bool,
}

impl<'a> Subject<'a> {
    /// The partner at a place of the workspace.
    pub fn new(whole: &'a Whole<'a>, at: PartnerId) -> Option<Subject<'a>> {
        let entry = whole.workspace.partners.get(at)?;
        let measures = whole.measures.partner(at)?;
        let stage = entry.judged_stage().and_then(|stage| whole.settings.stages.get(stage));
        let phase = stage.map(|stage| stage.phase);
        Some(Subject {
            whole,
            at,
            entry,
            data: &entry.data,
            measures,
            path: &whole.workspace.partner_page(at).path,
            stage,
            phase,
            has_left: phase == Some(Phase::Exited),
            on_hold: is_on_hold(&entry.data, whole.workspace.as_of),
        })
    }

    /// Its id, as messages name it.
    pub fn id(&self) -> &'a str {
        &self.entry.id
    }

    /// The day on which it is looked at.
    pub fn as_of(&self) -> jiff::civil::Date {
        self.whole.workspace.as_of
    }

    /// The settings.
    pub fn settings(&self) -> &'a Settings {
        self.whole.settings
    }

    /// True from this phase on, the exit not included. False where the stage is not known.
    pub fn is_from(&self, phase: Phase) -> bool {
        !self.has_left && self.phase.is_some_and(|own| own >= phase)
    }

    /// The id of its stage, for a sentence about a partner whose stage is known.
    pub fn stage_id(&self) -> &'a str {
        self.stage.map_or("unknown", |stage| stage.id.as_str())
    }

    /// Its model, where it has one that is known.
    pub fn model(&self) -> Option<&'a Model> {
        self.whole.settings.models.get(self.entry.model?)
    }

    /// How much its model asks of both sides; `None` without a model, or where the model does not say.
    pub fn commitment(&self) -> Option<ModelCommitment> {
        self.model().and_then(|model| model.commitment)
    }

    /// What its model asks for, where that is at least so much: `, and its model co-selling asks for high commitment`.
    pub fn asking(&self, least: ModelCommitment) -> Option<String> {
        let commitment = self.commitment().filter(|commitment| *commitment >= least)?;
        Some(format!(", and its model {} asks for {} commitment", self.model()?.id, commitment.word().replace('-', " ")))
    }

    /// True where its model asks at least so much.
    pub fn asks_for(&self, least: ModelCommitment) -> bool {
        self.commitment().is_some_and(|commitment| commitment >= least)
    }

    /// Its KPIs with their measures, in the order of its file.
    pub fn kpis(&self) -> impl Iterator<Item = (&'a PartnerKpi, &'a KpiMeasures)> {
        self.entry.kpis.iter().zip(&self.measures.kpis)
    }

    /// Its reviews that are on the site, newest first: page, period, words.
    pub fn reviews(&self) -> impl Iterator<Item = (&'a PageRef, Period, &'a Review)> {
        self.pages(&self.entry.reviews).filter_map(|page| match &page.kind {
            PageKind::Review(review, period) => Some((page, *period, review.as_ref())),
            _ => None,
        })
    }

    /// Its issues that are on the site.
    pub fn issues(&self) -> impl Iterator<Item = (&'a PageRef, &'a Issue)> {
        self.pages(&self.entry.issues).filter_map(|page| match &page.kind {
            PageKind::Issue(issue) => Some((page, issue.as_ref())),
            _ => None,
        })
    }

    fn pages(&self, ids: &'a [usize]) -> impl Iterator<Item = &'a PageRef> {
        let workspace = self.whole.workspace;
        ids.iter().filter_map(|at| workspace.pages.get(*at)).filter(|page| !page.hidden)
    }

    /// A finding in its file, at a key route; where that is missing, at the nearest key above or at the name.
    pub fn finding(&self, lint: &'static Lint, route: Vec<Step>, message: impl Into<String>) -> Finding {
        self.finding_in(lint, self.path, Place::Key(route), message)
    }

    /// A finding in one of its files.
    pub fn finding_in(&self, lint: &'static Lint, path: &Arc<str>, place: Place, message: impl Into<String>) -> Finding {
        let mut finding = Finding::new(&lint.rule, path, place, message);
        finding.partner = Some(self.at);
        finding
    }

    /// Where the actual of a period is written: the file and the place in it; where nothing is, the nearest key above.
    pub fn actual(&self, kpi: &PartnerKpi, period: Period) -> (Arc<str>, Place) {
        match kpi.given.iter().find(|given| given.period == period && !given.target) {
            Some(given) => (given.path.clone(), Place::Line(given.line)),
            None => (self.path.clone(), Place::Key(crate::route!["kpis", &kpi.id, "actuals", &period.to_string()])),
        }
    }

    /// True where it got as far as onboarding or an agreement, and where its moves do not tell. Who was turned down in research or
    /// negotiation was never a partner.
    pub fn was_partner(&self) -> bool {
        let phase = |stage: Option<&str>| Some(self.settings().stage(stage?)?.phase);
        let mut before =
            self.data.lifecycle.iter().map(|entry| phase(entry.stage.as_deref())).filter(|of| *of != Some(Phase::Exited)).peekable();
        before.peek().is_none()
            || before.any(|phase| phase.is_none_or(|phase| phase >= Phase::Onboarding))
            || self.data.agreement.as_ref().is_some_and(|agreement| agreement.signed.is_some())
    }

    /// Its id as an argument of a command: in quotes where a shell would take it apart.
    pub fn argument(&self) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if self.id().chars().all(is_plain) { self.id().to_owned() } else { format!("{:?}", self.id()) }
    }

    /// True where the workspace wants to hear of a rule. One that leaves something for another to tell asks first.
    pub fn hears_of(&self, lint: &Lint) -> bool {
        self.settings().severity_of(&lint.rule, lint.rule.severity).is_some()
    }
}

/// A key route in a file that may have no front matter at all: then the file as a whole.
pub fn place_in<T: Default + PartialEq>(front_matter: &T, route: Vec<Step>) -> Place {
    if *front_matter == T::default() { Place::File } else { Place::Key(route) }
}
