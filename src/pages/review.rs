//! The page of a quarterly review.

use std::borrow::Cow;

use super::figures::{self, actual, attainment, health_number, status, target, write_trend};
use super::html::Html;
use super::kpis::{anchor, anchors};
use super::names::Names;
use super::partner::kpi_name;
use super::parts::Parts;
use super::value::{Shown, Tone, state};
use super::{drawings, prose};
use crate::measures::targets::TargetsMet;
use crate::measures::{Band, Context, KpiMeasures, Measures, PartnerMeasures, PeriodMeasure};
use crate::model::period::{Granularity, Period};
use crate::model::review::{Challenge, Review};
use crate::model::values::{Action, Done};
use crate::text::slug;
use crate::workspace::quarters::Quarter;
use crate::workspace::{PageKind, PartnerEntry, Workspace};

/// Writes what somebody has to do.
pub fn actions<'a>(html: &mut Html<'_>, names: Names<'a>, actions: impl Iterator<Item = &'a Action>) {
    html.open_table("Actions", "").columns(["Action", "Owner", "Due", "State"]);
    for action in actions {
        html.raw("<tr>").cell(&Shown::from(action.text.as_deref()), "none");
        html.cell(&names.person(action.owner.as_deref()), "no owner");
        html.raw("<td>").day_or(action.due, "no date");
        html.cell(&state(action.done, action.due, names.as_of()), "none").raw("\n");
    }
    html.close_table();
}

/// The page that says how the numbers come about, seen from a review.
const SCORECARD: &str = "../scorecard.html";

/// A quarter of a partner: its words, where somebody wrote them, and its numbers.
struct Quarterly<'a> {
    names: Names<'a>,
    context: Context<'a>,
    partner: &'a PartnerEntry,
    measures: &'a PartnerMeasures,
    period: Period,
    review: Option<&'a Review>,
    /// The place of the quarter among the partner's.
    at: usize,
}

/// The parts that `review.hbs` receives.
pub const PARTS: &[&str] = &[
    "kind",
    "header",
    "summary",
    "kpis",
    "wins",
    "challenges",
    "initiatives",
    "asks",
    "carried",
    "actions",
    "about",
    "pager",
    "backlinks",
];

/// Writes the parts of a review, for the quarter at a place among the partner's.
pub fn view(workspace: &Workspace, partner: &PartnerEntry, measures: &PartnerMeasures, at: usize, parts: &mut Parts<'_>) {
    let names = Names { workspace };
    let quarter = &partner.quarters[at];
    let page = quarter.page.map(|page| &workspace.pages[page]);
    let review = page.and_then(|page| match &page.kind {
        PageKind::Review(review, _) => Some(review.as_ref()),
        _ => None,
    });
    let context = Measures::context(workspace);
    let this = Quarterly { names, context, partner, measures, period: quarter.period, review, at };
    let nothing = Review::default();
    let review = review.unwrap_or(&nothing);
    parts.add("kind", |html| {
        html.raw(match quarter.period.granularity() {
            Granularity::Month => "Monthly review",
            Granularity::Quarter => "Quarterly review",
            Granularity::Year => "Yearly review",
        });
    });
    parts.add("header", |html| this.header(html));
    parts.add("summary", |html| {
        if let Some(summary) = review.summary.as_deref().filter(|summary| !summary.is_empty()) {
            html.between("<section aria-label=Summary><p class=lead>", summary, "</p></section>\n");
        }
    });
    parts.add("kpis", |html| this.kpis(html));
    parts.add("wins", |html| wins(html, workspace, partner, review));
    parts.add("challenges", |html| challenges(html, names, &review.challenges));
    parts.add("initiatives", |html| initiatives(html, review));
    parts.add("asks", |html| asks(html, review));
    parts.add("carried", |html| this.carried(html));
    parts.add("actions", |html| this.actions(html));
    parts.add("about", |html| {
        if let Some(page) = page {
            prose::section(html, workspace, page, None);
        }
    });
    parts.add("pager", |html| this.pager(html));
    parts.backlinks(&page.map(|page| names.backlinks(page)).unwrap_or_default());
}

/// The last review before one, whose place among the partner's quarters is given. Reviews of months and years in between are not
/// the last one of a quarter, so they are here too, the newest first.
pub fn last<'a>(workspace: &'a Workspace, partner: &'a PartnerEntry, at: usize) -> Vec<(&'a Quarter, &'a Review)> {
    let mut found = Vec::new();
    for quarter in &partner.quarters[at + 1..] {
        let Some(PageKind::Review(review, _)) = quarter.page.map(|page| &workspace.pages[page].kind) else { continue };
        found.push((quarter, review.as_ref()));
        if quarter.period.granularity() == partner.quarters[at].period.granularity() {
            break;
        }
    }
    found
}

impl Quarterly<'_> {
    fn header(&self, html: &mut Html<'_>) {
        let (names, partner) = (self.names, self.partner);
        html.raw("<h1>").link(partner.name(), &names.workspace.pages[partner.page].route);
        html.raw(" <span>").period(self.period).raw("</span></h1>\n<dl class=inline>\n");
        self.health(html);
        if let Some(review) = self.review {
            html.raw("<div><dt>Held<dd>").day_or(review.date, "not dated").raw("</div>\n");
        }
        let mut fact = |label: &str, value: &Shown<'_>| {
            if !value.is_nothing() {
                html.between("<div><dt>", label, "<dd>").value(value, "none").raw("</div>\n");
            }
        };
        if let Some(review) = self.review {
            fact("Attendees", &Shown::List(review.attendees.iter().map(|who| names.person(Some(who))).collect()));
        }
        fact("Owner", &names.owner(partner));
        fact("Stage", &names.partner_stage(partner));
        if let Some(review) = self.review {
            fact("Next review", &Shown::from(review.next));
            html.raw("<div><dt>Signed off<dd>").day_or(review.signed_off, "not yet").raw("</div>\n");
        }
        html.raw("</dl>\n");
        if self.review.is_none() {
            html.raw("<p class=note>Nobody has written about this period yet; these are its numbers.</p>\n");
        }
    }

    /// Health now and in the quarter before, and the targets met.
    fn health(&self, html: &mut Html<'_>) {
        if self.period.granularity() != Granularity::Quarter || self.measures.kpis.is_empty() {
            return;
        }
        let known = |quarter: Period| self.measures.health_by_quarter.iter().find(|known| known.quarter == quarter);
        let (now, before) = (known(self.period), known(self.period.previous()));
        html.raw("<div><dt>Health<dd>");
        let (number, band) = now.map_or((None, Band::Unknown), |now| (now.number.as_ref(), now.band));
        let shown = figures::health(&self.context, number, band);
        if now.is_some() {
            html.raw("<a class=how href=\"").raw(SCORECARD).raw("#health-").period_key(self.period).raw("\">");
            html.value(&shown, "unknown").raw("</a>");
        } else {
            html.value(&shown, "unknown");
        }
        if let Some((quarter, number)) = before.and_then(|before| Some((before.quarter, before.number.as_ref()?))) {
            html.raw(" <small class=note>").raw(&health_number(&self.context, number)).raw(" in ").period(quarter).raw("</small>");
        }
        html.raw("</div>\n");
        let counted = || TargetsMet::counted(&self.context, &self.measures.kpis, self.period);
        let (met, of) = now.map_or_else(counted, |now| (now.met, now.of));
        if of > 0 {
            html.raw("<div><dt>Targets met<dd>");
            if now.is_some() {
                html.raw("<a class=how href=\"").raw(SCORECARD).raw("#health-").period_key(self.period).raw("\">");
                html.raw(&figures::met(met, of)).raw("</a>");
            } else {
                html.raw(&figures::met(met, of));
            }
            html.raw("</div>\n");
        }
    }

    /// Every KPI in this period against its target and the period before.
    fn kpis(&self, html: &mut Html<'_>) {
        html.section("kpis", "KPIs");
        let anchors = anchors(&self.measures.kpis);
        let rows: Vec<(&str, &KpiMeasures, Cow<'_, PeriodMeasure>)> = self
            .measures
            .kpis
            .iter()
            .zip(&anchors)
            .filter_map(|(kpi, anchor)| {
                let found = match self.period.granularity() {
                    Granularity::Quarter => kpi.in_quarter(&self.context, self.period),
                    _ => kpi.at(&self.context, self.period).map(Cow::Owned),
                };
                Some((anchor.as_str(), kpi, found?))
            })
            .filter(|(_, kpi, found)| {
                found.actual.is_some() || found.partial.is_some() || kpi.periods.iter().any(|known| known.period <= found.period)
            })
            .collect();
        if rows.is_empty() {
            html.raw("<p class=empty>Nothing was measured in this period</p>\n</section>\n");
            return;
        }
        html.open_table("KPIs", "dash before").columns(["KPI", "Actual", "Target", "Attainment", "Before", "Trend", "Over time"]);
        for (anchor, kpi, measure) in &rows {
            self.kpi_row(html, anchor, kpi, measure);
        }
        html.close_table().raw("</section>\n");
    }

    fn kpi_row(&self, html: &mut Html<'_>, kpi_anchor: &str, kpi: &KpiMeasures, measure: &PeriodMeasure) {
        html.raw("<tr><th scope=row>").text(&kpi.name);
        if measure.period != self.period {
            html.raw("<small>").period(measure.period).raw("</small>");
        }
        html.cell(&actual(kpi, measure), "missing").cell(&Shown::from(target(kpi, measure)), "no target").raw("<td>");
        // Periods that are put together from others are listed only for quarters of months.
        let fiscal = self.context.fiscal_year_start();
        let is_listed = kpi.listed(measure.period).is_some()
            || kpi.granularity == Granularity::Month
                && measure.period.granularity() == Granularity::Quarter
                && kpi.periods.iter().any(|known| known.period.within(Granularity::Quarter, fiscal) == Some(measure.period));
        if is_listed {
            html.raw("<a class=how href=\"").raw(SCORECARD).raw("#");
            anchor(html, kpi_anchor, measure.period);
            html.raw("\">");
        }
        if let Some(fraction) = &measure.attainment {
            html.raw("<span>").raw(&attainment(&self.context, fraction)).raw("</span> ");
        }
        html.value(&status(measure.status), "none").raw(if is_listed { "</a><td>" } else { "<td>" });
        let before = if measure.period.granularity() == kpi.granularity {
            kpi.listed(measure.period.previous()).map(Cow::Borrowed)
        } else {
            kpi.at(&self.context, measure.period.previous()).map(Cow::Owned)
        };
        match before.as_ref().and_then(|before| Some((before, before.actual.as_ref()?))) {
            Some((before, value)) => html.text(&figures::amount(kpi, before, value)),
            None => html.none("none"),
        };
        html.raw("<td>");
        write_trend(html, kpi, measure.trend.as_ref());
        html.raw("<td>");
        let last = measure.period.last_day(self.context.fiscal_year_start());
        let until = kpi.periods.partition_point(|known| known.period.last_day(self.context.fiscal_year_start()) <= last);
        drawings::sparkline(html, kpi, until);
        html.raw("\n");
    }

    /// What was still open of the last review when this one was held.
    fn carried(&self, html: &mut Html<'_>) {
        let held = self.review.and_then(|review| review.date).or_else(|| self.period.last_day(self.context.fiscal_year_start()));
        let was_open = |action: &Action| match action.done {
            None | Some(Done::No) => true,
            Some(Done::Yes) => false,
            Some(Done::On(day)) => held.is_some_and(|held| day > held),
        };
        let mut groups = last(self.names.workspace, self.partner, self.at);
        groups.retain(|(_, last)| last.actions.iter().any(was_open));
        if groups.is_empty() {
            return;
        }
        html.section("carried", "Still open from the last review");
        for (quarter, last) in groups {
            html.raw("<p class=note>Agreed in the review of ").link(&quarter.period.title(), &quarter.route).raw(".</p>\n");
            actions(html, self.names, last.actions.iter().filter(|action| was_open(action)));
        }
        html.raw("</section>\n");
    }

    fn actions(&self, html: &mut Html<'_>) {
        let Some(review) = self.review else {
            return;
        };
        html.section("actions", "Actions");
        if review.actions.is_empty() {
            html.raw("<p class=empty>No actions agreed</p>\n");
        } else {
            actions(html, self.names, review.actions.iter());
        }
        html.raw("</section>\n");
    }

    /// Writes the ways to the quarters before and after.
    fn pager(&self, html: &mut Html<'_>) {
        // Quarters are kept newest first.
        let before = self.partner.quarters.get(self.at + 1);
        let after = self.at.checked_sub(1).and_then(|at| self.partner.quarters.get(at));
        if before.is_none() && after.is_none() {
            return;
        }
        html.raw("<nav class=pager aria-label=Reviews>\n");
        if let Some(quarter) = before {
            html.raw("<a rel=prev href=\"").route(&quarter.route).raw("\">").icon("left").raw("<span><small>Review before</small>");
            html.period(quarter.period).raw("</span></a>\n");
        }
        if let Some(quarter) = after {
            html.raw("<a rel=next href=\"").route(&quarter.route).raw("\"><span><small>Review after</small>");
            html.period(quarter.period).raw("</span>").icon("right").raw("</a>\n");
        }
        html.raw("</nav>\n");
    }
}

fn wins(html: &mut Html<'_>, workspace: &Workspace, partner: &PartnerEntry, review: &Review) {
    if review.wins.is_empty() {
        return;
    }
    html.section("wins", "Wins").raw("<ul class=points>\n");
    for win in &review.wins {
        html.between("<li><strong>", win.title.as_deref().unwrap_or_default(), "</strong>");
        if let Some(impact) = win.impact.as_deref().filter(|impact| !impact.is_empty()) {
            html.between("<span>", impact, "</span>");
        }
        if let Some(id) = &win.kpi {
            html.between("<small class=note>", &kpi_name(workspace, partner, id), "</small>");
        }
        html.raw("\n");
    }
    html.raw("</ul></section>\n");
}

fn challenges(html: &mut Html<'_>, names: Names<'_>, challenges: &[Challenge]) {
    if challenges.is_empty() {
        return;
    }
    html.section("challenges", "Challenges");
    for challenge in challenges {
        html.between("<div class=case>\n<h3>", challenge.title.as_deref().unwrap_or_default(), "</h3>\n<dl class=\"facts wide\">\n");
        for (label, text) in [("Impact", &challenge.impact), ("Root cause", &challenge.root_cause), ("Action", &challenge.action)] {
            if let Some(text) = crate::text::written(text) {
                html.between("<div><dt>", label, "<dd>").text(text).raw("</div>\n");
            }
        }
        html.raw("<div><dt>Owner<dd>").value(&names.person(challenge.owner.as_deref()), "no owner");
        if let Some(due) = challenge.due {
            html.raw(", due ").day(due);
        }
        html.raw("</div>\n</dl></div>\n");
    }
    html.raw("</section>\n");
}

fn initiatives(html: &mut Html<'_>, review: &Review) {
    if review.initiatives.is_empty() {
        return;
    }
    html.section("initiatives", "Initiatives").open_table("Initiatives", "").columns(["Initiative", "Goal", "Due"]);
    for initiative in &review.initiatives {
        html.raw("<tr>").cell(&Shown::from(initiative.text.as_deref()), "none").cell(&Shown::from(initiative.goal.as_deref()), "none");
        html.raw("<td>").day_or(initiative.due, "no date").raw("\n");
    }
    html.close_table().raw("</section>\n");
}

fn asks(html: &mut Html<'_>, review: &Review) {
    if review.asks.is_empty() {
        return;
    }
    html.section("asks", "Asks").raw("<ul class=asks>\n");
    for ask in &review.asks {
        html.raw("<li>");
        if let Some(kind) = ask.kind {
            html.badge(&slug::title(kind.word()), Tone::Info).raw(" ");
        }
        html.text(ask.text.as_deref().unwrap_or_default()).raw("\n");
    }
    html.raw("</ul></section>\n");
}
