//! The sections of a partner page: everything in the front matter that has no place of its own on the page.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

use super::diagrams;
use super::names::Names;
use super::section::{Check, Section, fact};
use super::terms::{agreement, done_value, governance, people};
use super::value::{Shown, Tone, badge, link, state};
use crate::content::read::Dict;
use crate::content::scalar::{grouped, human_date};
use crate::model::partner::Partner;
use crate::model::values::{Action, Level, Money};
use crate::text::slug::title;
use crate::workspace::PartnerEntry;

/// All sections of a partner, in reading order.
pub fn all<'a>(names: Names<'a>, partner: &'a PartnerEntry) -> Vec<Section<'a>> {
    let data = &partner.data;
    [
        actions(names, &data.actions),
        deal(data),
        plan(names, data),
        launch(data),
        roadmap(data),
        accounts(names, data),
        pitch(data),
        people(names, data),
        governance(names, data),
        agreement(names, partner),
        money(names, data),
        risks(names, data),
        signals(data),
        expansion(names, data),
        insights(names, data),
        playbooks(names, data),
        profile(names, data),
        exit(names, data),
        waivers(names, data),
        own(data),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Text, or null.
pub fn words(value: &Option<String>) -> Shown<'_> {
    Shown::from(value.as_deref())
}

/// A list of texts, or null.
pub fn list(values: &[String]) -> Shown<'_> {
    Shown::from(values)
}

fn number(value: Option<Decimal>) -> Shown<'static> {
    value.map_or(Shown::Nothing, |number| Shown::from(grouped(&number)))
}

/// A percentage, or null.
pub fn percent(value: Option<Decimal>) -> Shown<'static> {
    value.map_or(Shown::Nothing, |number| Shown::from(format!("{} %", grouped(&number))))
}

fn money_value(names: Names<'_>, value: &Option<Money>) -> Shown<'static> {
    value.as_ref().map_or(Shown::Nothing, |money| Shown::from(money.show(names.currency())))
}

fn checks(checklist: &Dict<bool>) -> Vec<Check> {
    checklist.iter().map(|(name, done)| (title(name), *done)).collect()
}

fn actions<'a>(names: Names<'a>, actions: &'a [Action]) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = actions
        .iter()
        .map(|action| {
            vec![
                words(&action.text),
                names.person(action.owner.as_deref()),
                Shown::from(action.due),
                state(action.done, action.due, names.as_of()),
            ]
        })
        .collect();
    section.table(&[("Action", false), ("Owner", false), ("Due", false), ("State", false)], rows);
    section.finish("actions", "Actions")
}

fn deal(data: &Partner) -> Option<Section<'_>> {
    let deal = data.deal.as_ref()?;
    let mut section = Section::default();
    section.facts([
        fact("Step", words(&deal.step)),
        fact("We walk away if", list(&deal.walk_away)),
        fact("Limits of support", list(&deal.support_limits)),
        fact("Success means", list(&deal.success_criteria)),
    ]);
    section.finish("deal", "Deal")
}

fn plan<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .plan
        .iter()
        .map(|step| {
            vec![
                words(&step.step),
                names.person(step.ours.as_deref()),
                names.person(step.theirs.as_deref()),
                words(&step.exit_criteria),
                Shown::from(step.due),
                state(step.done, step.due, names.as_of()),
            ]
        })
        .collect();
    let columns = [("Step", false), ("Ours", false), ("Theirs", false), ("Done when", false), ("Due", false), ("State", false)];
    section.table(&columns, rows);
    section.finish("plan", "Mutual action plan")
}

fn launch(data: &Partner) -> Option<Section<'_>> {
    let mut section = Section::default();
    let day = data.launch.as_ref().and_then(|launch| launch.date);
    if let Some(launch) = &data.launch {
        section.facts([fact("Launch", Shown::from(launch.date))]);
        section.checks(checks(&launch.checklist));
    }
    let rows = data
        .milestones
        .iter()
        .map(|milestone| {
            let due = milestone.due.and_then(|due| due.date(day));
            let due_text = match (due, milestone.due) {
                (Some(date), _) => Shown::from(Some(date)),
                (None, Some(due)) => Shown::from(due.show()),
                (None, None) => Shown::Nothing,
            };
            let done = milestone.done.map_or_else(|| badge("open", Tone::Quiet), |done| state(Some(done), None, Date::MAX));
            vec![words(&milestone.name), due_text, done]
        })
        .collect();
    section.table(&[("Milestone", false), ("Due", false), ("State", false)], rows);
    section.finish("launch", "Launch and milestones")
}

fn roadmap(data: &Partner) -> Option<Section<'_>> {
    let mut section = Section::default();
    let rows = data
        .roadmap
        .iter()
        .map(|phase| {
            vec![
                words(&phase.phase),
                Shown::from(phase.from),
                Shown::from(phase.to),
                words(&phase.scope),
                words(&phase.goals),
                words(&phase.success),
            ]
        })
        .collect();
    section.table(&[("Phase", false), ("From", false), ("To", false), ("Scope", false), ("Goals", false), ("Success", false)], rows);
    section.finish("roadmap", "Road map")
}

fn accounts<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .accounts
        .iter()
        .map(|account| {
            vec![
                words(&account.name),
                words(&account.status),
                Shown::from(account.attribution.as_deref().map(title)),
                percent(account.credit),
                money_value(names, &account.value),
                words(&account.stage),
            ]
        })
        .collect();
    section
        .table(&[("Account", false), ("Status", false), ("Attribution", false), ("Credit", true), ("Value", true), ("Stage", false)], rows);
    section.finish("accounts", "Joint accounts")
}

fn pitch(data: &Partner) -> Option<Section<'_>> {
    let mut section = Section::default();
    let rows = data
        .pitch
        .iter()
        .map(|row| vec![words(&row.goal), words(&row.risk), words(&row.offer), words(&row.proof), words(&row.ask)])
        .collect();
    section.table(&[("Their goal", false), ("Their risk", false), ("Our offer", false), ("Proof", false), ("Ask", false)], rows);
    section.finish("pitch", "Pitch")
}

fn money<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let investment = data.investment.as_ref();
    let returns = data.returns.as_ref();
    section.facts([
        fact("We invest", investment.map_or(Shown::Nothing, |i| money_value(names, &i.ours))),
        fact("They invest", investment.map_or(Shown::Nothing, |i| money_value(names, &i.theirs))),
        fact("Expected return", returns.map_or(Shown::Nothing, |r| money_value(names, &r.expected))),
        fact("Expected by", returns.map_or(Shown::Nothing, |r| Shown::from(r.by))),
    ]);
    section.finish("investment", "Investment and return")
}

fn risks<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let grade = |grade: Option<Level>| {
        grade.map_or(Shown::Nothing, |grade| {
            badge(
                grade.title(),
                match grade {
                    Level::H => Tone::Bad,
                    Level::M => Tone::Warn,
                    Level::L => Tone::Quiet,
                },
            )
        })
    };
    let mut section = Section::default();
    section.drawn(|html| diagrams::risks(html, data));
    let rows = data
        .risks
        .iter()
        .map(|risk| {
            vec![
                words(&risk.risk),
                grade(risk.likelihood),
                grade(risk.impact),
                words(&risk.mitigation),
                names.person(risk.owner.as_deref()),
            ]
        })
        .collect();
    section.table(&[("Risk", false), ("Likelihood", false), ("Impact", false), ("Mitigation", false), ("Owner", false)], rows);
    section.finish("risks", "Risks")
}

fn signals(data: &Partner) -> Option<Section<'_>> {
    let mut section = Section::default();
    let rows = data
        .signals
        .iter()
        .map(|signal| {
            let state = match signal.cleared {
                Some(date) => badge("cleared", Tone::Good).noted(human_date(date)),
                None => badge("open", Tone::Warn),
            };
            vec![
                signal.kind.map_or(Shown::Nothing, |kind| Shown::from(title(kind.word()))),
                Shown::from(signal.date),
                words(&signal.evidence),
                state,
            ]
        })
        .collect();
    section.table(&[("Signal", false), ("Seen", false), ("Evidence", false), ("State", false)], rows);
    section.finish("signals", "Warning signals")
}

fn expansion<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .expansion
        .iter()
        .map(|row| {
            let kind = Shown::from(row.kind.as_deref().map(title));
            vec![words(&row.text), kind, Shown::from(row.status.as_deref().map(title)), money_value(names, &row.value)]
        })
        .collect();
    section.table(&[("Opportunity", false), ("Kind", false), ("Status", false), ("Value", true)], rows);
    section.finish("expansion", "Ways to do more")
}

fn insights<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .insights
        .iter()
        .map(|insight| {
            vec![words(&insight.text), names.stage(insight.from.as_deref()), names.stage(insight.to.as_deref()), words(&insight.action)]
        })
        .collect();
    section.table(&[("Learned", false), ("In", false), ("For", false), ("Action", false)], rows);
    section.finish("insights", "What was learned")
}

fn playbooks<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .playbooks
        .iter()
        .map(|run| {
            let playbook = run.playbook.as_deref().unwrap_or_default();
            let (shown, steps, criteria) = names.playbook(playbook).map_or((Shown::from(playbook), 0, 0), |(page, playbook)| {
                (link(&page.title, &page.route), playbook.steps.len(), playbook.success.len())
            });
            let of = |done: usize, all: usize| {
                if all == 0 { Shown::from(done.to_string()) } else { Shown::from(format!("{done} of {all}")) }
            };
            vec![
                shown,
                Shown::from(run.started),
                run.finished.map_or_else(|| badge("running", Tone::Info), |date| Shown::from(Some(date))),
                of(run.done.len(), steps),
                of(run.met.len(), criteria),
            ]
        })
        .collect();
    section.table(&[("Playbook", false), ("Started", false), ("Finished", false), ("Steps done", false), ("Criteria met", false)], rows);
    section.finish("playbooks", "Playbooks")
}

fn profile<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let profile = data.profile.as_ref()?;
    let mut section = Section::default();
    section.facts([
        fact("Industry", words(&profile.industry)),
        fact("Employees", number(profile.employees)),
        fact("Yearly revenue", money_value(names, &profile.revenue)),
        fact("Markets", list(&profile.markets)),
        fact("Growth stage", Shown::from(profile.growth_stage.as_deref().map(title))),
    ]);
    section.finish("profile", "Profile")
}

fn exit<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let exit = data.exit.as_ref()?;
    let mut section = Section::default();
    section.facts(
        [
            fact("Trigger", exit.trigger.map_or(Shown::Nothing, |trigger| Shown::from(title(trigger.word())))),
            fact("Decided", Shown::from(exit.decided)),
            fact("Decided by", names.person(exit.by.as_deref())),
        ]
        .into_iter()
        .chain(exit.approvals.iter().map(|(who, done)| fact(format!("Approved: {}", title(who).to_lowercase()), done_value(*done)))),
    );
    section.checks(checks(&exit.checklist));
    section.finish("exit", "Exit")
}

fn waivers<'a>(names: Names<'a>, data: &'a Partner) -> Option<Section<'a>> {
    let mut section = Section::default();
    let rows = data
        .waive
        .iter()
        .map(|waiver| vec![words(&waiver.rule), words(&waiver.reason), names.person(waiver.by.as_deref()), Shown::from(waiver.until)])
        .collect();
    section.table(&[("Waived rule", false), ("Reason", false), ("By", false), ("Until", false)], rows);
    section.finish("waivers", "Waived findings")
}

/// The team's own `x-*` keys; what is nested is left to the team's own templates.
fn own(data: &Partner) -> Option<Section<'_>> {
    let mut section = Section::default();
    section.facts(data.x.iter().map(|(key, value)| {
        let shown = match value {
            Value::String(text) => Shown::from(text.as_str()),
            Value::Number(number) => Shown::from(number.to_string()),
            Value::Bool(yes) => Shown::from(if *yes { "yes" } else { "no" }),
            Value::Array(items) if items.iter().all(Value::is_string) => Shown::read(value),
            _ => Shown::Nothing,
        };
        fact(title(key), shown)
    }));
    section.finish("own", "More")
}
