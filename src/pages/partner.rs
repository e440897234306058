//! The page of a partner.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::value::{Tone, badge, date, entry, external, fact, link, text, time};
use super::{kpis, prose, sections, terms};
use crate::content::scalar::{grouped, human_date};
use crate::model::partner::Status;
use crate::model::playbook::Playbook;
use crate::object;
use crate::text::{path, slug};
use crate::workspace::lists::{ListKind, owner_key};
use crate::workspace::references::website;
use crate::workspace::{PageId, PageKind, PageRef, PartnerEntry, Workspace};

/// Words and links for ids: people, stages, tiers, models.
pub struct Names<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
}

impl<'a> Names<'a> {
    /// The day on which the workspace is looked at.
    pub fn as_of(&self) -> Date {
        self.workspace.as_of
    }

    /// The currency of plain amounts.
    pub fn currency(&self) -> &'a str {
        &self.workspace.settings.currency
    }

    /// A person, linked where there is a page about them; null for nobody.
    pub fn person(&self, who: Option<&str>) -> Value {
        let Some(who) = who.filter(|who| !who.is_empty()) else {
            return Value::Null;
        };
        match self.workspace.people.find(who) {
            None => match self.workspace.lists.get(ListKind::Owner, who) {
                Some(list) => link(who, &list.route),
                None => Value::from(who),
            },
            Some(person) => match self.workspace.lists.get(ListKind::Owner, &person.id) {
                Some(list) => link(person.name(), &list.route),
                None => {
                    json!({"text": person.name(), "href": format!("people/index.html#{}", path::encode_fragment(&person.id))})
                }
            },
        }
    }

    /// The title of a stage; null for none, the word itself for an unknown one.
    pub fn stage(&self, id: Option<&str>) -> Value {
        let Some(id) = id else { return Value::Null };
        let known = self.workspace.settings.stage_index(id).and_then(|at| self.workspace.settings.stages.get(at));
        known.map_or_else(|| Value::from(id), |stage| Value::from(stage.title.as_str()))
    }

    /// A value of a list, linked to its page.
    pub fn listed(&self, kind: ListKind, key: Option<&str>) -> Value {
        let Some(key) = key.filter(|key| !key.is_empty()) else {
            return Value::Null;
        };
        match self.workspace.lists.get(kind, key) {
            Some(value) => link(&value.title, &value.route),
            None => Value::from(key),
        }
    }

    /// The stage of a partner, linked.
    pub fn partner_stage(&self, partner: &PartnerEntry) -> Value {
        match partner.stage {
            Some(at) => self.listed(ListKind::Stage, Some(&self.workspace.settings.stages[at].id)),
            None => text(partner.data.current_stage()),
        }
    }

    /// The owner of a partner, linked.
    pub fn owner(&self, partner: &PartnerEntry) -> Value {
        self.listed(ListKind::Owner, owner_key(self.workspace, partner).as_deref())
    }

    /// The model of a partner, linked.
    pub fn model(&self, partner: &PartnerEntry) -> Value {
        match partner.model {
            Some(at) => self.listed(ListKind::Model, Some(&self.workspace.settings.models[at].id)),
            None => text(partner.data.model.as_deref()),
        }
    }

    /// The tier of a partner, linked.
    pub fn tier(&self, partner: &PartnerEntry) -> Value {
        self.listed(ListKind::Tier, partner.data.tier.as_deref())
    }

    /// A partner, linked.
    pub fn partner(&self, partner: &PartnerEntry) -> Value {
        let page = &self.workspace.pages[partner.page];
        if page.hidden { Value::from(partner.name()) } else { link(partner.name(), &page.route) }
    }

    /// A playbook by its id or name, where it is on the site.
    pub fn playbook(&self, name: &str) -> Option<(&'a PageRef, &'a Playbook)> {
        let page = &self.workspace.pages[*self.workspace.playbooks.get(&slug::fold(name))?];
        match &page.kind {
            PageKind::Playbook(playbook) => Some((page, playbook.as_ref())),
            _ => None,
        }
    }

    /// Entries for pages.
    pub fn entries(&self, pages: &[PageId]) -> Vec<Value> {
        pages.iter().filter_map(|page| self.workspace.pages.get(*page)).filter(|page| !page.hidden).map(|page| self.entry(page)).collect()
    }

    /// An entry for a page: its title, with the partner it belongs to.
    pub fn entry(&self, page: &PageRef) -> Value {
        let note = match (&page.kind, page.partner) {
            (PageKind::Partner(_), _) | (_, None) => None,
            (_, Some(partner)) => Some(self.workspace.partners[partner].name().to_owned()),
        };
        entry(&page.title, &page.route, note, None, None)
    }

    /// The pages that link to a page.
    pub fn backlinks(&self, page: &PageRef) -> Vec<Value> {
        self.entries(&page.backlinks)
    }
}

/// The badge of a declared status.
pub fn status_badge(status: Option<Status>) -> Value {
    status.map_or(Value::Null, |status| {
        let tone = match status {
            Status::Active => Tone::Info,
            Status::Thriving => Tone::Good,
            Status::AtRisk => Tone::Bad,
            Status::Sunsetting => Tone::Warn,
            Status::OnHold => Tone::Quiet,
        };
        badge(&slug::title(status.word()), tone)
    })
}

/// What `partner.hbs` receives.
pub fn view(workspace: &Workspace, partner: &PartnerEntry, root: &str) -> Value {
    let names = Names { workspace };
    let page = &workspace.pages[partner.page];
    let data = &partner.data;
    let model = partner.model.and_then(|at| workspace.settings.models.get(at));
    object!({
        "partner": object!({
            "id": partner.id.as_str(),
            "name": partner.name(),
            "aliases": data.aliases.clone(),
            "summary": text(data.summary.as_deref()),
            "website": data.website.as_deref().and_then(website).map_or(Value::Null, |address: String| external(shown_address(&address), &address)),
            "draft": data.draft == Some(true),
            "status": status_badge(data.status),
            "on_hold": on_hold(partner),
            "stage": names.partner_stage(partner),
            "tier": names.tier(partner),
            "model": names.model(partner),
            "commitment": model.and_then(|model| model.commitment).map(|commitment| slug::title(commitment.word())),
            "owner": names.owner(partner),
            "tags": data.tags.iter().map(|tag| names.listed(ListKind::Tag, Some(tag))).collect::<Vec<_>>(),
            "reviewed": date(data.reviewed),
            "maturity": maturity(partner, workspace.as_of),
            "x": data.x.clone(),
        }),
        "stages": stepper(workspace, partner),
        "facts": facts(&names, partner),
        "objective": data.objective.as_ref().map(|objective| json!({
            "outcome": text(objective.outcome.as_deref()),
            "metric": objective.metric.as_deref().map(|id| kpi_name(workspace, partner, id)),
            "target": objective.target.map(|number| with_unit(workspace, partner, objective.metric.as_deref(), &grouped(&number))),
            "by": date(objective.by),
        })),
        "goals": data.goals.iter().map(|goal| json!({
            "text": goal.text.as_deref().unwrap_or_default(),
            "due": date(goal.due),
            "kpi": goal.kpi.as_deref().map(|id| kpi_name(workspace, partner, id)),
        })).collect::<Vec<_>>(),
        "value": data.value.as_ref().map(|value| json!({"us": value.us, "partner": value.partner, "customer": value.customer})),
        "exchange": data.exchange.iter().map(|row| json!({
            "we_provide": text(row.we_provide.as_deref()),
            "they_provide": text(row.they_provide.as_deref()),
            "joint_value": text(row.joint_value.as_deref()),
        })).collect::<Vec<_>>(),
        "body": prose::html(workspace, page, root),
        "kpis": kpis::tables(&partner.kpis, |_| true, |_| 6),
        "scores": scores(workspace, partner),
        "timeline": timeline(&names, partner),
        "sections": sections::all(&names, partner),
        "reviews": reviews(workspace, partner),
        "issues": issues(workspace, partner),
        "pages": partner.pages.iter().map(|at| &workspace.pages[*at]).map(|page| entry(&page.title, &page.route, None, None, None)).collect::<Vec<_>>(),
        "related": partner.related.iter().map(|related| json!({
            "label": related.label,
            "value": related.partners.iter().map(|at| names.partner(&workspace.partners[*at])).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "backlinks": names.backlinks(page),
    })
}

fn shown_address(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

/// The name of a KPI for this partner.
pub fn kpi_name(workspace: &Workspace, partner: &PartnerEntry, id: &str) -> String {
    partner.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(id)).map_or_else(
        || {
            let kpi = workspace.settings.kpi(id, &crate::model::kpi::Kpi::default());
            kpi.name.unwrap_or_else(|| slug::title(id))
        },
        crate::workspace::references::PartnerKpi::name,
    )
}

/// A number of a KPI with its unit beside it: a currency code before it, anything else behind it.
fn with_unit(workspace: &Workspace, partner: &PartnerEntry, kpi: Option<&str>, number: &str) -> String {
    let Some(id) = kpi else { return number.to_owned() };
    let own = partner.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(id)).map(|kpi| kpi.kpi.clone());
    let unit = own.unwrap_or_else(|| workspace.settings.kpi(id, &crate::model::kpi::Kpi::default())).unit.unwrap_or_default();
    let is_currency = unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    if is_currency { format!("{unit} {number}") } else { format!("{number} {unit}").trim_end().to_owned() }
}

fn on_hold(partner: &PartnerEntry) -> Value {
    let Some(hold) = &partner.data.on_hold else {
        return Value::Null;
    };
    let reason = hold.reason.as_deref().unwrap_or_default();
    Value::from(match hold.until {
        Some(until) if reason.is_empty() => format!("Until {}.", human_date(until)),
        Some(until) => format!("Until {}: {reason}", human_date(until)),
        None => reason.to_owned(),
    })
}

/// Where the partnership stands since its launch: launch (months 1–3), ramp-up (4–6), steady state, and renewal in the last
/// 90 days of the term.
pub fn maturity(partner: &PartnerEntry, as_of: Date) -> Option<&'static str> {
    let days = |from: Date, to: Date| (to - from).get_days();
    if let Some(end) = partner.data.term.as_ref().and_then(|term| term.end)
        && (0..=90).contains(&days(as_of, end))
    {
        return Some("Renewal");
    }
    let launch = partner.data.launch.as_ref()?.date.filter(|date| *date <= as_of)?;
    let span = launch.until((jiff::Unit::Month, as_of)).ok()?;
    Some(match span.get_months() {
        0..=2 => "Launch",
        3..=5 => "Ramp-up",
        _ => "Steady state",
    })
}

/// Days from one day to another; `None` where the second is before the first.
pub fn days_between(from: Date, to: Date) -> Option<i32> {
    Some((to - from).get_days()).filter(|days| *days >= 0)
}

/// The stages with what the partner has done of them.
fn stepper(workspace: &Workspace, partner: &PartnerEntry) -> Vec<Value> {
    let stages = &workspace.settings.stages;
    let Some(current) = partner.stage else {
        return Vec::new();
    };
    let moves = &partner.data.lifecycle;
    let entered: Vec<Option<usize>> = moves.iter().map(|m| m.stage.as_deref().and_then(|id| workspace.settings.stage_index(id))).collect();
    let last = stages.len() - 1;
    stages
        .iter()
        .enumerate()
        // The exit is shown once it is taken.
        .filter(|(at, _)| *at != last || current == last)
        .map(|(at, stage)| {
            let was_there = entered.contains(&Some(at));
            // A partner may leave from any stage; what lies between was not skipped.
            let furthest =
                if current == last { entered.iter().flatten().filter(|s| **s != last).max().copied().unwrap_or(0) } else { current };
            let state = if at == current {
                "current"
            } else if was_there {
                "done"
            } else if at < furthest && !moves.is_empty() {
                "skipped"
            } else {
                "ahead"
            };
            let route = workspace.lists.get(ListKind::Stage, &stage.id).map_or("stages/index.html", |list| list.route.as_str());
            let note = if at == current && at != last { time_in_stage(partner, workspace.as_of) } else { None };
            json!({"title": stage.title, "href": path::encode(route), "state": state, "note": note})
        })
        .collect()
}

fn time_in_stage(partner: &PartnerEntry, as_of: Date) -> Option<String> {
    // A partner on hold does not age.
    if partner.data.on_hold.as_ref().is_some_and(|hold| hold.until.is_none_or(|until| until >= as_of)) {
        return Some("on hold".to_owned());
    }
    let entered = partner.data.lifecycle.last()?.entered?;
    let days = days_between(entered, as_of)?;
    Some(if days == 1 { "1 day".to_owned() } else { format!("{} days", grouped(&rust_decimal::Decimal::from(days))) })
}

fn facts(names: &Names<'_>, partner: &PartnerEntry) -> Vec<Value> {
    let data = &partner.data;
    let since = data.agreement.as_ref().and_then(|a| a.signed).or_else(|| data.term.as_ref().and_then(|t| t.start));
    let model = match (names.model(partner), partner.model.and_then(|at| names.workspace.settings.models.get(at))) {
        (Value::Object(mut map), Some(model)) => {
            let note = model.commitment.map(|commitment| format!("{} commitment", commitment.word().replace('-', " ")));
            map.insert("note".to_owned(), json!(note));
            Value::Object(map)
        }
        (value, _) => value,
    };
    let next = partner.reviews.iter().find_map(|at| match &names.workspace.pages[*at].kind {
        PageKind::Review(review, _) => review.next,
        _ => None,
    });
    let owner = match names.owner(partner) {
        Value::Null => json!({"text": "no owner", "tone": "warn"}),
        owner => owner,
    };
    [
        fact("Owner", owner),
        fact("Tier", names.tier(partner)),
        fact("Model", model),
        fact("Partner since", time(since)),
        fact("Term ends", time(data.term.as_ref().and_then(|term| term.end))),
        fact("Maturity", text(maturity(partner, names.as_of()))),
        fact("Last reviewed", time(data.reviewed)),
        fact("Next review", time(next)),
        fact(
            "Visible to",
            data.visibility.map_or(Value::Null, |visibility| {
                Value::from(match visibility {
                    crate::model::partner::Visibility::Internal => "us only",
                    crate::model::partner::Visibility::Partner => "us and the partner",
                })
            }),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn scores(workspace: &Workspace, partner: &PartnerEntry) -> Vec<Value> {
    let known = workspace.settings.criteria.iter().map(|criterion| (criterion.id.as_str(), Some(criterion)));
    let unknown = partner.data.scores.keys().filter(|id| !workspace.settings.criteria.iter().any(|c| c.id == **id)).map(|id| (id, None));
    known
        .chain(unknown)
        .filter_map(|(id, criterion)| {
            let score = partner.data.scores.get(id)?;
            Some(json!({
                "name": criterion.map_or_else(|| slug::title(id), |criterion| criterion.name.clone()),
                "weight": criterion.map_or_else(|| "none".to_owned(), |criterion| criterion.weight.normalize().to_string()),
                "score": score.score.map_or_else(|| "none".to_owned(), |score| score.normalize().to_string()),
                "evidence": text(score.evidence.as_deref()),
                "on": date(score.on),
                "note": criterion.is_some_and(|criterion| criterion.inverse).then_some("less is better"),
            }))
        })
        .collect()
}

fn timeline(names: &Names<'_>, partner: &PartnerEntry) -> Vec<Value> {
    let moves = &partner.data.lifecycle;
    let settings = &names.workspace.settings;
    moves
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let id = entry.stage.as_deref().unwrap_or_default();
            let stage = settings.stage_index(id).map(|at| &settings.stages[at]);
            let is_exit = stage.is_some_and(|stage| stage.phase == crate::model::settings_file::Phase::Exited);
            let end = match moves.get(at + 1) {
                Some(next) => next.entered,
                None => (!is_exit).then_some(names.as_of()),
            };
            let days = entry.entered.zip(end).and_then(|(from, to)| days_between(from, to));
            let route = stage.and_then(|stage| names.workspace.lists.get(ListKind::Stage, &stage.id)).map_or("stages/index.html", |list| list.route.as_str());
            json!({
                "title": stage.map_or(id, |stage| stage.title.as_str()),
                "href": path::encode(route),
                "entered": date(entry.entered),
                "days": days,
                "decision": entry.decision.as_deref().map(slug::title),
                "decided": date(entry.decided),
                "by": entry.by.as_deref().map(|who| names.workspace.people.name(who)),
                "reason": text(entry.reason.as_deref()),
                "outputs": entry.outputs.iter().map(|(name, link)| terms::output(names, partner, &slug::title(name), link)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn reviews(workspace: &Workspace, partner: &PartnerEntry) -> Vec<Value> {
    partner
        .reviews
        .iter()
        .filter_map(|at| {
            let page = &workspace.pages[*at];
            let PageKind::Review(review, period) = &page.kind else {
                return None;
            };
            Some(entry(&period.title(), &page.route, review.summary.as_deref().map(first_sentence), review.date, None))
        })
        .collect()
}

/// The first sentence of a text, for a list: up to a full stop after a whole word that a capital follows.
pub fn first_sentence(text: &str) -> String {
    let ends = text.match_indices(". ").find(|(at, _)| {
        let word = text[..*at].rsplit([' ', '.']).next().unwrap_or_default();
        word.chars().count() > 3 && text[at + 2..].chars().next().is_some_and(char::is_uppercase)
    });
    ends.map_or(text, |(at, _)| &text[..=at]).to_owned()
}

fn issues(workspace: &Workspace, partner: &PartnerEntry) -> Vec<Value> {
    let mut all: Vec<_> = partner
        .issues
        .iter()
        .filter_map(|at| match &workspace.pages[*at].kind {
            PageKind::Issue(issue) => Some((&workspace.pages[*at], issue)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(_, issue)| (!issue.is_open(), issue.severity, std::cmp::Reverse(issue.opened)));
    all.into_iter()
        .map(|(page, issue)| {
            let words: Vec<String> =
                issue.severity.map(|s| s.word().to_owned()).into_iter().chain(issue.status.map(|s| s.word().replace('-', " "))).collect();
            let tone = super::issue::tone(issue);
            entry(&page.title, &page.route, Some(words.join(", ")).filter(|w| !w.is_empty()), issue.resolved.or(issue.opened), tone)
        })
        .collect()
}
