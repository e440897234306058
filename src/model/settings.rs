//! The settings that hold in a workspace: what is written, over the defaults.

use rust_decimal::Decimal;

use super::fx::Fx;
use super::kpi::Kpi;
use super::measuring::{HealthRules, KpiThresholds, ScoringRules};
use super::settings_file::{LifecycleDef, LintLevel, ModelCommitment, ModelDef, Phase, Scoring, SettingsFile, TierDef};
use crate::content::read::Dict;
use crate::diagnostics::{Rule, Severity, input};
use crate::text::slug;

/// A stage, with everything filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The word that partner files use.
    pub id: String,
    /// What people read.
    pub title: String,
    /// What it is for.
    pub objective: String,
    /// Decisions and where they lead.
    pub decisions: Vec<(String, String)>,
    /// What it must leave behind.
    pub outputs: Vec<String>,
    /// The longest that a partner should be in it, in days.
    pub max_days: Option<u32>,
    /// The phase that it stands for.
    pub phase: Phase,
    /// Its place in the list of the settings; none where the settings do not describe it.
    pub place: Option<usize>,
}

/// A partnership model, with everything filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The word that partner files use.
    pub id: String,
    /// What people read.
    pub title: String,
    /// How much it asks of both sides.
    pub commitment: Option<ModelCommitment>,
    /// What is exchanged.
    pub exchange: Option<String>,
}

/// A tier, with everything filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The word that partner files use.
    pub id: String,
    /// What people read.
    pub title: String,
    /// How long it takes to set up, such as `2–4 weeks`.
    pub weeks: Option<String>,
    /// What it asks of a partner.
    pub requirements: Vec<String>,
}

/// A criterion of the scoring model, with everything filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoringCriterion {
    /// The word that partner files use.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Its weight.
    pub weight: Decimal,
    /// Under this it is a veto.
    pub minimum: Option<Decimal>,
    /// True where less is better.
    pub inverse: bool,
}

/// The settings that hold: what is written, over the defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The title of the site.
    pub title: String,
    /// Whose partnerships these are.
    pub company: Option<String>,
    /// Where the site will be published, ending in `/`.
    pub base_url: Option<String>,
    /// Where a page is edited, with `{path}` for its file and perhaps `{line}` for the line.
    pub edit_url: Option<String>,
    /// The theme.
    pub theme: String,
    /// The language of the words.
    pub language: String,
    /// The currency of plain amounts.
    pub currency: String,
    /// The month in which fiscal years start, 1 to 12.
    pub fiscal_year_start: i8,
    /// The stages in order, the exit last.
    pub stages: Vec<Stage>,
    /// The models, known ones first.
    pub models: Vec<Model>,
    /// The tiers in order.
    pub tiers: Vec<Tier>,
    /// The criteria of the scoring model.
    pub criteria: Vec<ScoringCriterion>,
    /// Its scale and pass mark.
    pub scoring: ScoringRules,
    /// From which attainment a KPI is green or yellow.
    pub kpi_status: KpiThresholds,
    /// How health is computed.
    pub health: HealthRules,
    /// Exchange rates to the workspace's currency.
    pub fx: Fx,
    /// The KPI definitions of the workspace.
    pub kpis: Dict<Kpi>,
    /// Severities by rule or category.
    pub lint: Dict<LintLevel>,
    /// The team's own `x-*` keys.
    pub x: serde_json::Map<String, serde_json::Value>,
}

/// Id, title, objective, decisions, outputs, most days.
type DefaultStage =
    (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str], Option<u32>);

const STAGES: &[DefaultStage] = &[
    (
        "research",
        "Research",
        "Identify and evaluate potential partners",
        &[("approved-for-outreach", "next"), ("needs-more-research", "stay"), ("reject", "exit")],
        &["shortlist", "evaluation-notes", "outreach-plan"],
        Some(90),
    ),
    (
        "negotiation",
        "Negotiation",
        "Agree on goals, terms and a first campaign",
        &[("proceed-to-onboarding", "next"), ("revise-terms", "stay"), ("reject", "exit")],
        &["agreement", "goals", "campaign-concept"],
        Some(120),
    ),
    (
        "onboarding",
        "Onboarding",
        "Set up people, assets and the way of working",
        &[("ready-for-campaign-execution", "next"), ("requires-adjustment", "stay")],
        &["campaign-plan", "shared-assets", "execution-structure"],
        Some(90),
    ),
    (
        "development",
        "Development",
        "Carry out the plan, measure it and do more of what works",
        &[],
        &["campaign-results", "performance-data", "expansion-opportunities"],
        Some(270),
    ),
    (
        "review",
        "Review",
        "Look back and decide how to go on",
        &[
            ("scale-partnership", "development"),
            ("maintain-partnership", "development"),
            ("rework-partnership", "back"),
            ("retire-partnership", "exit"),
        ],
        &["performance-report", "assessment", "recommendation"],
        Some(45),
    ),
    ("exited", "Exited", "The partnership has ended", &[], &[], None),
];

const MODELS: &[(&str, ModelCommitment)] = &[
    ("referral", ModelCommitment::Low),
    ("co-marketing", ModelCommitment::Low),
    ("reseller", ModelCommitment::Medium),
    ("integration", ModelCommitment::Medium),
    ("co-selling", ModelCommitment::High),
    ("co-development", ModelCommitment::High),
    ("strategic-alliance", ModelCommitment::VeryHigh),
];

const TIERS: &[(&str, &str, Option<&str>)] =
    &[("0", "Co-marketing", None), ("1", "Light integration", Some("2–4 weeks")), ("2", "Deep integration", Some("8–12 weeks"))];

const CRITERIA: &[(&str, i64, bool)] = &[
    ("strategic-fit", 25, false),
    ("distribution", 20, false),
    ("feasibility", 15, false),
    ("mutual-value", 20, false),
    ("decision-velocity", 10, false),
    ("risk", 10, true),
];

impl Default for Settings {
    fn default() -> Self {
        Settings::new(&SettingsFile::default())
    }
}

impl Settings {
    /// What is written, over the defaults.
    pub fn new(file: &SettingsFile) -> Settings {
        let text = |value: &Option<String>, default: &str| match value {
            Some(text) if !text.is_empty() => text.clone(),
            _ => default.to_owned(),
        };
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        let filled = |value: &Option<String>| value.clone().filter(|text| !text.is_empty());
        Settings {
            title: text(&file.title, "Partnerships"),
            company: filled(&file.company),
            base_url: filled(&file.base_url).filter(web).map(|url| if url.ends_with('/') { url } else { url + "/" }),
            edit_url: filled(&file.edit_url).filter(web),
            theme: text(&file.theme, "default"),
            language: text(&file.language, "en"),
            currency: text(&file.currency, "USD").to_uppercase(),
            fiscal_year_start: file.fiscal_year_start.and_then(|m| i8::try_from(m).ok()).filter(|m| (1..=12).contains(m)).unwrap_or(1),
            stages: stages(file.lifecycle.as_ref()),
            models: models(&file.models),
            tiers: tiers(&file.tiers),
            criteria: criteria(file.scoring.as_ref()),
            scoring: ScoringRules::new(file.scoring.as_ref()),
            kpi_status: KpiThresholds::new(file.kpi_status.as_ref()),
            health: HealthRules::new(file.health.as_ref()),
            fx: Fx::new(&file.fx),
            kpis: file.kpis.clone(),
            lint: file.lint.clone(),
            x: file.x.clone(),
        }
    }

    /// Where a line of a file is edited; the first one where none is known.
    pub fn edit_line(&self, path: &str, line: u32) -> Option<String> {
        let url = self.edit_url.as_ref()?;
        Some(url.replace("{path}", &crate::text::path::encode(path)).replace("{line}", &line.max(1).to_string()))
    }

    /// The place of a stage in the lifecycle.
    pub fn stage_index(&self, id: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.id.eq_ignore_ascii_case(id))
    }

    /// The stage with this id.
    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.get(self.stage_index(id)?)
    }

    /// The place of a model in the list.
    pub fn model_index(&self, id: &str) -> Option<usize> {
        let word = plain(id);
        self.models.iter().position(|model| plain(&model.id) == word)
    }

    /// The place of a tier in the list.
    pub fn tier_index(&self, id: &str) -> Option<usize> {
        self.tiers.iter().position(|tier| tier.id.eq_ignore_ascii_case(id))
    }

    /// The definition of a KPI for a partner: its own words over the workspace's over the built-in ones.
    pub fn kpi(&self, id: &str, own: &Kpi) -> Kpi {
        let mut kpi = own.clone();
        if let Some((_, base)) = self.kpis.iter().find(|(known, _)| known.eq_ignore_ascii_case(id)) {
            kpi = kpi.or(base);
        }
        if let Some(base) = Kpi::default_of(id, &self.currency) {
            kpi = kpi.or(&base);
        }
        kpi
    }

    /// The severity of a rule in this workspace, which would have `own`; `None` where it is off. The rule's name goes before its
    /// category.
    pub fn severity_of(&self, rule: &Rule, own: Severity) -> Option<Severity> {
        if self.lint.is_empty() || input::FIXED.contains(&rule) {
            return Some(own);
        }
        let of_category = || self.lint.iter().find(|(key, _)| key.strip_suffix("/*") == Some(rule.category())).map(|(_, level)| level);
        match self.lint.get(rule.name).or_else(of_category) {
            None => Some(own),
            Some(LintLevel::Off) => None,
            Some(LintLevel::Note) => Some(Severity::Note),
            Some(LintLevel::Warning) => Some(Severity::Warning),
            Some(LintLevel::Error) => Some(Severity::Error),
        }
    }
}

fn stages(file: Option<&LifecycleDef>) -> Vec<Stage> {
    let Some(def) = file.filter(|def| !def.stages.is_empty()) else {
        return STAGES
            .iter()
            .map(|(id, title, objective, decisions, outputs, max_days)| Stage {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                objective: (*objective).to_owned(),
                decisions: decisions.iter().map(|(word, to)| ((*word).to_owned(), (*to).to_owned())).collect(),
                outputs: outputs.iter().map(|output| (*output).to_owned()).collect(),
                max_days: *max_days,
                phase: Phase::from_word(id).unwrap_or(Phase::Development),
                place: None,
            })
            .collect();
    };
    let exit = def.exit.clone().unwrap_or_else(|| "exited".to_owned());
    let mut all: Vec<Stage> = Vec::new();
    for (place, stage) in def.stages.iter().enumerate() {
        let Some(id) = stage.id.clone() else { continue };
        if all.iter().any(|known| known.id.eq_ignore_ascii_case(&id)) {
            continue;
        }
        all.push(Stage {
            title: stage.title.clone().unwrap_or_else(|| slug::title(&id)),
            objective: stage.objective.clone().unwrap_or_default(),
            decisions: stage.decisions.iter().map(|(word, to)| (word.to_owned(), to.clone())).collect(),
            outputs: stage.outputs.clone(),
            max_days: stage.max_days,
            phase: stage.phase.or_else(|| Phase::from_word(&id)).unwrap_or(Phase::Development),
            place: Some(place),
            id,
        });
    }
    // The exit may be described among the stages; it is always the last one.
    let last = match all.iter().position(|stage| stage.id.eq_ignore_ascii_case(&exit)) {
        Some(at) => all.remove(at),
        None => Stage {
            title: slug::title(&exit),
            objective: "The partnership has ended".to_owned(),
            decisions: Vec::new(),
            outputs: Vec::new(),
            max_days: None,
            phase: Phase::Exited,
            place: None,
            id: exit,
        },
    };
    all.push(Stage { phase: Phase::Exited, ..last });
    all
}

/// A word as it is compared: `Own Model`, `own_model` and `own-model` are one.
pub fn plain(word: &str) -> String {
    word.to_lowercase().replace([' ', '_'], "-")
}

fn models(own: &Dict<ModelDef>) -> Vec<Model> {
    let mut all: Vec<Model> = MODELS
        .iter()
        .map(|(id, commitment)| Model { id: (*id).to_owned(), title: slug::title(id), commitment: Some(*commitment), exchange: None })
        .collect();
    for (id, def) in own.iter() {
        let at = all.iter().position(|model| plain(&model.id) == plain(id)).unwrap_or_else(|| {
            all.push(Model { id: id.to_owned(), title: slug::title(id), commitment: None, exchange: None });
            all.len() - 1
        });
        let model = &mut all[at];
        model.commitment = def.commitment.or(model.commitment);
        model.exchange.clone_from(&def.exchange);
        if let Some(name) = &def.name {
            model.title.clone_from(name);
        }
    }
    all
}

fn tiers(own: &Dict<TierDef>) -> Vec<Tier> {
    if own.is_empty() {
        return TIERS
            .iter()
            .map(|(id, name, weeks)| Tier {
                id: (*id).to_owned(),
                title: tier_title(id, Some(name)),
                weeks: weeks.map(str::to_owned),
                requirements: Vec::new(),
            })
            .collect();
    }
    own.iter()
        .map(|(id, def)| Tier {
            id: id.to_owned(),
            title: tier_title(id, def.name.as_deref()),
            weeks: match def.weeks.as_slice() {
                [] => None,
                [one] => Some(format!("{one} weeks")),
                [from, .., to] => Some(format!("{from}–{to} weeks")),
            },
            requirements: def.requirements.clone(),
        })
        .collect()
}

/// `Tier 1: Light integration` for a numbered tier, the name alone for a named one.
pub fn tier_title(id: &str, name: Option<&str>) -> String {
    match (id.parse::<u32>().is_ok(), name) {
        (true, Some(name)) => format!("Tier {id}: {name}"),
        (true, None) => format!("Tier {id}"),
        (false, Some(name)) => name.to_owned(),
        (false, None) => slug::title(id),
    }
}

fn criteria(own: Option<&Scoring>) -> Vec<ScoringCriterion> {
    match own.filter(|scoring| !scoring.criteria.is_empty()) {
        None => CRITERIA
            .iter()
            .map(|(id, weight, inverse)| ScoringCriterion {
                id: (*id).to_owned(),
                name: slug::title(id),
                weight: Decimal::from(*weight),
                minimum: None,
                inverse: *inverse,
            })
            .collect(),
        Some(scoring) => scoring
            .criteria
            .iter()
            .map(|(id, def)| ScoringCriterion {
                id: id.to_owned(),
                name: def.name.clone().unwrap_or_else(|| slug::title(id)),
                weight: def.weight.unwrap_or_default(),
                minimum: def.minimum,
                inverse: def.inverse.unwrap_or(false),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_lifecycle_ends_with_its_exit() {
        let text = "lifecycle: {exit: archived, stages: [{id: sandbox}, {id: onboarding}]}";
        let tree = crate::content::yaml::parse(text, 0..text.len());
        let path = std::sync::Arc::from("partnerbook.yaml");
        let mut reader = crate::content::read::Reader::new(&path, text);
        let settings = Settings::new(&super::super::settings_file::read(&tree.root, &mut reader));
        let stages: Vec<_> = settings.stages.iter().map(|s| (s.id.as_str(), s.phase)).collect();
        assert_eq!(stages, [("sandbox", Phase::Development), ("onboarding", Phase::Onboarding), ("archived", Phase::Exited)]);
        assert!(reader.findings.is_empty());
    }

    #[test]
    fn kpis_inherit_from_workspace_and_defaults() {
        let settings = Settings::default();
        let kpi = settings.kpi("support-tickets", &Kpi::default());
        assert_eq!((kpi.name.as_deref(), kpi.direction), (Some("Support tickets"), Some(super::super::kpi::Direction::Lower)));
        assert_eq!(settings.kpi("revenue", &Kpi::default()).unit.as_deref(), Some("USD"));
    }
}
