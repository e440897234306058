//! `partnerbook.yaml` as it is written.

use rust_decimal::Decimal;

use super::kpi::{Category, Kpi};
use super::period::{Period, advice_for};
use crate::content::read::{Dict, Read, Reader, one_of, short};
use crate::content::yaml::{Node, Value};
use crate::diagnostics::input;
use crate::text::{slug, suggest};
use crate::{record, vocabulary};

vocabulary! {
    /// The phase that a stage stands for: what is expected of a partner in it.
    pub enum Phase {
        /// Looking for partners.
        Research = "research",
        /// Agreeing on terms.
        Negotiation = "negotiation",
        /// Getting started.
        Onboarding = "onboarding",
        /// Working together.
        Development = "development",
        /// Looking back, deciding how to go on.
        Review = "review",
        /// Over.
        Exited = "exited",
    }
}

vocabulary! {
    /// How much a model asks of both sides.
    pub enum ModelCommitment {
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Much.
        High = "high",
        /// Very much.
        VeryHigh = "very-high",
    }
}

vocabulary! {
    /// What a workspace makes of a rule.
    pub enum LintLevel {
        /// Not reported.
        Off = "off",
        /// Reported as a note.
        Note = "note",
        /// Reported as a warning.
        Warning = "warning",
        /// Reported as an error.
        Error = "error",
    }
}

record! { /// One stage of the lifecycle.
pub struct StageDef short "id" needs "id" {
    /// The word for the stage that partner files use.
    id: Option<String>,
    /// What people read for the stage.
    title: Option<String>,
    /// What the stage is for.
    objective: Option<String>,
    /// The decisions that end the stage, and where each leads: `next`, `stay`, `back`, `exit` or the id of a stage.
    decisions: Dict<String> = Way,
    /// What the stage must leave behind.
    outputs: Vec<String>,
    /// The longest that a partner should be in the stage, in days.
    max_days: Option<u32>,
    /// The phase that the stage stands for; without one, that of a default stage of this name, else `development`.
    phase: Option<Phase>,
}}

record! { /// The lifecycle.
pub struct LifecycleDef {
    /// The stage of partners that have left; `exited` where it is left out.
    exit: Option<String>,
    /// The stages in order; the exit need not be among them.
    stages: Vec<StageDef>,
}}

record! { /// A partnership model.
pub struct ModelDef short "commitment" {
    /// What people read for the model.
    name: Option<String>,
    /// How much the model asks of both sides.
    commitment: Option<ModelCommitment>,
    /// What is exchanged in it.
    exchange: Option<String>,
}}

record! { /// A tier.
pub struct TierDef short "name" {
    /// What people read for the tier.
    name: Option<String>,
    /// How long it takes to set up, in weeks: from, to.
    weeks: Vec<Decimal>,
    /// What the tier asks of a partner; not used yet.
    requirements: Vec<String>,
}}

record! { /// A criterion of the scoring model.
pub struct Criterion short "weight" {
    /// What people read for the criterion.
    name: Option<String>,
    /// How much the criterion counts; all together are 100.
    weight: Option<Decimal>,
    /// A score under this is a veto.
    minimum: Option<Decimal>,
    /// Yes where less is better.
    inverse: Option<bool>,
}}

record! { /// The scoring model.
pub struct Scoring {
    /// The lowest and the highest score; `[1, 5]` where it is left out.
    scale: Vec<Decimal> = Pair,
    /// The pass mark, in percent of the highest score; 60 where it is left out.
    pass: Option<Decimal>,
    /// The criteria by id, in place of the known ones.
    criteria by Criterion: Dict<Criterion>,
}}

record! { /// From which attainment a KPI is green or yellow, in percent.
pub struct KpiStatus {
    /// From which attainment on a KPI is green, in percent; 100 where it is left out.
    green: Option<Decimal>,
    /// From which attainment on a KPI is yellow, in percent; 80 where it is left out.
    yellow: Option<Decimal>,
}}

record! { /// How health is computed.
pub struct Health {
    /// The weights of the categories; one that is not named keeps its own.
    weights by Category: Dict<Decimal>,
    /// From which health on a partner is green, 0 to 100; 90 where it is left out.
    green: Option<Decimal>,
    /// From which health on a partner is yellow, 0 to 100; 70 where it is left out.
    yellow: Option<Decimal>,
    /// How much must be measured for there to be a number, in percent; 60 where it is left out.
    coverage: Option<Decimal>,
}}

record! {
    /// `partnerbook.yaml` as it is written.
    pub struct SettingsFile extra x {
        /// The title of the site; `Partnerships` where it is left out.
        title: Option<String>,
        /// Whose partnerships these are.
        company: Option<String>,
        /// Where the site is published; makes feed, sitemap and canonical addresses.
        base_url: Option<String> = Address,
        /// Where a page is edited, with `{path}` for its file; makes "Edit this page".
        edit_url: Option<String> = Address,
        /// The theme, a folder in `themes/`; `default` where it is left out.
        theme: Option<String> = Folder,
        /// The language of your words, such as `en` or `de-CH`; `en` where it is left out.
        language: Option<String>,
        /// The currency of plain amounts, a code such as `EUR`; `USD` where it is left out.
        currency: Option<String> = Currency,
        /// The month in which fiscal years start, 1 to 12; 1 where it is left out.
        fiscal_year_start: Option<u32> = Month,
        /// Exchange rates to the workspace's currency by period, such as `{2026-Q3: {EUR: 1.09}}`.
        fx by Period Currency: Dict<Dict<Decimal>> = Positive,
        /// The stages of your own lifecycle, in place of the default one.
        lifecycle: Option<LifecycleDef>,
        /// Partnership models by id: own ones, or changes to the known ones.
        models by Model: Dict<ModelDef>,
        /// Tiers by id, in place of the known ones.
        tiers by Tier: Dict<TierDef>,
        /// How partners are scored.
        scoring: Option<Scoring>,
        /// KPI definitions by id.
        kpis by Kpi: Dict<Kpi>,
        /// From which attainment on a KPI is green or yellow.
        kpi_status: Option<KpiStatus>,
        /// How the health of a partner is computed.
        health: Option<Health>,
        /// What to make of findings, by rule or by category such as `kpi/*`: `off`, `note`, `warning` or `error`.
        lint by Lint: Dict<LintLevel>,
    }
}

/// Reads the settings and checks what only they can get wrong.
pub fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> SettingsFile {
    let file = if node.value == Value::Null { None } else { SettingsFile::read(node, r) }.unwrap_or_default();
    let span = |keys: &[&str]| {
        let route: Vec<_> = keys.iter().map(|key| crate::diagnostics::Step::from((*key).to_owned())).collect();
        node.locate(&route)
    };
    if let Some(month) = file.fiscal_year_start
        && !(1..=12).contains(&month)
    {
        r.bad_value(
            &span(&["fiscal_year_start"]),
            format!("there is no month {month}"),
            "write 1 for January to 12 for December".to_owned(),
        );
    }
    for (key, url) in [("base_url", &file.base_url), ("edit_url", &file.edit_url)] {
        if let Some(url) = url
            && !url.is_empty()
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            r.bad_value(&span(&[key]), format!("`{key}` is not a web address"), "start it with `https://`".to_owned());
        }
    }
    // A word that is a key is underlined itself, not what stands under it.
    let key_span = |keys: &[&str]| {
        let (last, parents) = keys.split_last()?;
        let parent = parents.iter().try_fold(node, |node, key| node.get(key))?;
        match &parent.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| key.text == *last).map(|(key, _)| key.span.clone()),
            _ => None,
        }
    };
    let at_key = |keys: &[&str]| key_span(keys).unwrap_or_else(|| span(keys));
    for (period, _) in file.fx.iter() {
        if Period::parse(period).is_none() {
            let span = at_key(&["fx", period]);
            let meant = Period::meant(period);
            let taken = file.fx.keys().any(|other| other != period && Period::parse(other).or_else(|| Period::meant(other)) == meant);
            let fix = meant.filter(|_| !taken).and_then(|meant| r.fix(&span, period, Some(&meant.key())));
            r.report_with(&input::BAD_VALUE, &span, format!("`{}` is not a period", short(period)), Some(advice_for(meant)), fix);
        }
    }
    let code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic());
    if let Some(currency) = file.currency.as_deref().filter(|currency| !code(currency)) {
        r.bad_value(
            &span(&["currency"]),
            format!("`{}` is not a currency code", short(currency)),
            "write three letters, such as `EUR`".to_owned(),
        );
    }
    for (period, rates) in file.fx.iter() {
        for (currency, rate) in rates.iter() {
            if !code(currency) {
                let message = format!("`{}` is not a currency code", short(currency));
                r.bad_value(&at_key(&["fx", period, currency]), message, "write three letters, such as `EUR`".to_owned());
            } else if *rate <= Decimal::ZERO {
                r.bad_value(&span(&["fx", period, currency]), "a rate is greater than 0".to_owned(), None);
            }
        }
    }
    for category in file.health.iter().flat_map(|health| health.weights.keys()) {
        if Category::from_word(category).is_none() {
            let message = format!("`{}` is not a category of KPIs", short(category));
            let span = at_key(&["health", "weights", category]);
            let others = file.health.iter().flat_map(|health| health.weights.keys()).filter(|other| *other != category);
            let fix = r.fix(&span, category, suggest::certain_among(category, others, Category::WORDS));
            r.report_with(&input::BAD_VALUE, &span, message, Some(one_of(category, Category::WORDS)), fix);
        } else if category == Category::Financial.word() {
            let message = "financial KPIs count as business ones, so this weight has no effect".to_owned();
            r.bad_value(&at_key(&["health", "weights", category]), message, "add it to the weight of `business`".to_owned());
        }
    }
    if let Some(scale) = file.scoring.as_ref().map(|scoring| scoring.scale.as_slice())
        && !(scale.is_empty() || matches!(scale, [lo, hi] if lo < hi))
    {
        r.bad_value(&span(&["scoring", "scale"]), "a scale is its lowest and its highest score".to_owned(), "write `[1, 5]`".to_owned());
    }
    if let Some(theme) = &file.theme
        && (theme.contains(['/', '\\']) || theme.starts_with('.'))
    {
        r.bad_value(&span(&["theme"]), format!("`{}` is not the name of a folder in `themes/`", short(theme)), None);
    }
    check_lifecycle(&file, node, r);
    file
}

fn check_lifecycle<'n>(file: &SettingsFile, node: &'n Node<'n>, r: &mut Reader<'n>) {
    let Some(def) = &file.lifecycle else { return };
    let ids: Vec<&str> = def.stages.iter().filter_map(|stage| stage.id.as_deref()).chain(def.exit.as_deref()).collect();
    let stages = node.get("lifecycle").and_then(|node| node.get("stages"));
    let Some(Value::List(nodes)) = stages.map(|node| &node.value) else {
        return;
    };
    let mut seen: Vec<String> = Vec::new();
    for stage in nodes.iter().filter(|stage| stage.value != Value::Null) {
        let Some(id) = stage.get("id").or(Some(stage)).and_then(Node::text) else {
            r.bad_value(&stage.locate(&[]), "a stage without an `id`".to_owned(), "give it the word that partner files use".to_owned());
            continue;
        };
        let id_span = stage.get("id").map_or(stage.span.clone(), |node| node.span.clone());
        if seen.contains(&slug::fold(id)) {
            r.report(&input::DUPLICATE_ID, &id_span, format!("the stage `{id}` is defined twice"), Some("keep one of the two".to_owned()));
        }
        seen.push(slug::fold(id));
        let Some(Value::Map(decisions)) = stage.get("decisions").map(|node| &node.value) else {
            continue;
        };
        for (word, to) in decisions {
            let Some(target) = to.text() else { continue };
            let known = ["next", "stay", "back", "exit"].contains(&target) || ids.iter().any(|id| id.eq_ignore_ascii_case(target));
            if !known {
                let words: Vec<&str> = ["next", "stay", "back", "exit"]
                    .into_iter()
                    .chain(ids.iter().copied().collect::<std::collections::BTreeSet<_>>())
                    .collect();
                let message = format!("the decision `{}` leads to `{}`, which is no stage", word.text, short(target));
                r.bad_word(to, message, one_of(target, &words), &words);
            }
        }
    }
}
