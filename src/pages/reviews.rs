//! All reviews: partner by quarter.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::figures::{band_tone, health_number};
use super::html::Html;
use super::lists::ROWS;
use super::names::Names;
use super::parts::Parts;
use super::value::Tone;
pub use crate::measures::reviews::{State, state};
use crate::measures::stage::quarter_of;
use crate::measures::{Context, Measures, PartnerMeasures};
use crate::model::period::Period;
use crate::text::slug;
use crate::workspace::lists::ListKind;
use crate::workspace::quarters::Quarter;
use crate::workspace::{PartnerEntry, PartnerId, Workspace};

/// How many quarters are shown, the latest closed one first.
const QUARTERS: usize = 6;

/// What `reviews.hbs` receives.
pub fn view(workspace: &Workspace, measures: &Measures, parts: &mut Parts<'_>) -> Value {
    let root = parts.root();
    let context = Measures::context(workspace);
    let mut quarters = vec![context.quarter];
    while quarters.len() < QUARTERS {
        quarters.push(quarters[quarters.len() - 1].previous());
    }
    let partners: Vec<(PartnerId, &PartnerEntry)> =
        workspace.visible_partners().filter(|(at, partner)| !measures.partners[*at].is_exited || !partner.reviews.is_empty()).collect();
    let chunks: Vec<(String, [usize; 3])> = partners
        .par_chunks(ROWS)
        .map(|chunk| {
            let (mut html, mut counts) = (Html::new(root), [0; 3]);
            for (at, partner) in chunk {
                let found = row(&mut html, workspace, &context, partner, &measures.partners[*at], &quarters);
                if let Some(place) = State::SHOWN.iter().position(|state| *state == found) {
                    counts[place] += 1;
                }
            }
            (html.finish(), counts)
        })
        .collect();
    let count = |place: usize| chunks.iter().map(|(_, counts)| counts[place]).sum::<usize>();
    let states: Vec<Value> = State::SHOWN
        .iter()
        .enumerate()
        .map(|(place, state)| json!({"value": state.word(), "label": slug::title(state.word()), "count": count(place)}))
        .filter(|option| option["count"] != 0)
        .collect();
    let owners: Vec<Value> = workspace
        .lists
        .of(ListKind::Owner)
        .iter()
        .map(|owner| json!({"value": owner.key, "label": owner.title, "count": owner.partners.len()}))
        .collect();
    parts.add_written("rows", chunks.iter().map(|(rows, _)| rows.as_str()));
    json!({
        "count": partners.len(),
        "quarter": context.quarter.title(),
        "quarters": quarters.iter().map(|quarter| quarter.title()).collect::<Vec<_>>(),
        "filters": [json!({"key": "state", "label": format!("Review of {}", context.quarter.title()), "options": states}), json!({"key": "owner", "label": "Owner", "options": owners})],
    })
}

/// Writes a partner's row; gives how the latest quarter stands.
fn row(
    html: &mut Html<'_>,
    workspace: &Workspace,
    context: &Context<'_>,
    partner: &PartnerEntry,
    measures: &PartnerMeasures,
    quarters: &[Period],
) -> State {
    let latest = state(context, partner, context.quarter);
    html.raw("<tr data-state=\"").raw(latest.word()).raw("\"><th scope=row>");
    html.link(partner.name(), &workspace.pages[partner.page].route);
    html.cell(&Names { workspace }.owner(partner), "no owner");
    for quarter in quarters {
        let start = context.fiscal_year_start();
        let page = partner.quarters.iter().find(|known| known.period == *quarter);
        let page = page
            .or_else(|| partner.quarters.iter().find(|known| known.page.is_some() && quarter_of(known.period, start) == Some(*quarter)));
        cell(html, context, measures, *quarter, page, state(context, partner, *quarter));
    }
    html.raw("\n");
    latest
}

fn cell(html: &mut Html<'_>, context: &Context<'_>, measures: &PartnerMeasures, quarter: Period, page: Option<&Quarter>, state: State) {
    html.raw("<td data-q=\"").period(quarter).raw("\" data-v=\"").show(state as u8).raw("\">");
    let health = measures.health_by_quarter.iter().find(|known| known.quarter == quarter);
    let number = health.and_then(|known| Some((health_number(context, known.number.as_ref()?), known.band)));
    let words = match (state, &number) {
        (State::Due | State::Overdue, _) | (State::Missed, None) => state.word().to_owned(),
        (_, Some((number, band))) => format!("{number} {}", band.word()),
        (State::Done, None) => "done".to_owned(),
        (State::NotExpected, None) => "numbers only".to_owned(),
    };
    let tone = match (state, &number) {
        (State::Overdue, _) => Tone::Bad,
        (State::Due, _) => Tone::Warn,
        (_, Some((_, band))) => band_tone(*band),
        (..) => Tone::Quiet,
    };
    match page {
        Some(page) => {
            html.raw("<a class=\"badge tone-").raw(tone.word()).raw("\" href=\"").route(&page.route).between("\">", &words, "</a>");
            html.note(match (state, page.page, &number) {
                (State::NotExpected, None, Some(_)) => "numbers only",
                (State::Missed, None, Some(_)) => "missed",
                _ => "",
            });
        }
        None if state == State::NotExpected => {
            html.none("none");
        }
        None => {
            html.badge(&words, tone);
        }
    }
}
