//! The portfolio in charts and tables: parts of the home page.

use super::figures::{band_mark, percent, with_unit};
use super::html::Html;
use super::why::Sources;
use crate::charts::{self, Text};
use crate::content::scalar::{grouped, human_date, month_name};
use crate::measures::explain::OfPortfolio;
use crate::measures::renewal::Window;
use crate::measures::{Band, Exact, Measures};
use crate::model::period::{Granularity, Period};
use crate::text::path;
use crate::workspace::lists::ListKind;
use crate::workspace::{PartnerEntry, Workspace};

/// Quarters that the sums of KPIs go back.
const QUARTERS: usize = 5;
/// The most partners and deadlines that are listed.
const MOST: usize = 10;
/// Months that renewals look ahead.
const MONTHS: i32 = 12;

fn count(number: usize) -> String {
    grouped(&rust_decimal::Decimal::from(number))
}

fn href(html: &Html<'_>, route: &str) -> Text<'static> {
    format!("{}{}", html.root(), path::encode(route)).into()
}

/// Writes how many partners are in each stage.
pub fn funnel(html: &mut Html<'_>, workspace: &Workspace) {
    let stages = workspace.lists.of(ListKind::Stage).iter().map(|stage| charts::funnel::Stage {
        name: stage.title.as_str().into(),
        href: Some(href(html, &stage.route)),
        count: stage.partners.len() as f64,
        count_label: count(stage.partners.len()).into(),
        note: "".into(),
    });
    let chart = charts::funnel::Funnel { label: "Partners by stage".into(), stages: stages.collect() };
    charts::funnel::render(html.buffer(), &chart);
}

/// Writes how many partners are in each stage and health band; nothing where no health is known at all.
pub fn matrix(html: &mut Html<'_>, workspace: &Workspace, measures: &Measures) {
    if Band::ALL.iter().filter(|band| **band != Band::Unknown).all(|band| measures.portfolio.count(*band) == 0) {
        return;
    }
    let columns = Band::ALL.map(|band| charts::matrix::Column {
        label: format!("{}{}", band.word()[..1].to_uppercase(), &band.word()[1..]).into(),
        status: Some(band_mark(band)),
    });
    let stages = workspace.lists.of(ListKind::Stage).iter().filter(|stage| {
        // Health is asked of partners that are with us.
        stage.partners.iter().any(|at| !measures.partners[*at].is_exited)
    });
    let rows = stages.map(|stage| charts::matrix::Row {
        label: stage.title.as_str().into(),
        href: Some(href(html, &stage.route)),
        cells: Band::ALL
            .map(|band| {
                let number = stage.partners.iter().filter(|at| measures.partners[**at].health.band == band).count();
                let filter =
                    format!("{}partners/index.html#stage={}&health={}", html.root(), path::encode_fragment(&stage.key), band.word());
                charts::matrix::Cell { count: number as f64, label: count(number).into(), href: (number > 0).then(|| filter.into()) }
            })
            .into(),
    });
    let chart = charts::matrix::Matrix {
        label: "Partners by stage and health".into(),
        corner: "Stage".into(),
        columns: columns.into(),
        rows: rows.collect(),
    };
    charts::matrix::render(html.buffer(), &chart);
}

/// Writes the sums of the KPIs that can be added up, over the last closed quarters; nothing where there are none.
pub fn sums(html: &mut Html<'_>, workspace: &Workspace, measures: &Measures) {
    let context = Measures::context(workspace);
    let mut quarters: Vec<Period> = vec![context.quarter];
    while quarters.len() < QUARTERS {
        quarters.insert(0, quarters[0].previous());
    }
    let sums = measures.portfolio.sums.iter().filter(|sum| quarters.iter().any(|quarter| sum.periods.contains_key(quarter)));
    let mut sums: Vec<_> = sums.collect();
    // What most partners keep comes first.
    let kept = |sum: &crate::measures::portfolio::KpiSum| sum.of(Granularity::Quarter).map(|(_, sum)| sum.partners).max().unwrap_or(0);
    sums.sort_by_cached_key(|sum| (!sum.is_money, std::cmp::Reverse(kept(sum)), sum.id.clone()));
    sums.truncate(MOST);
    if sums.is_empty() {
        return;
    }
    let ids: Vec<String> = sums.iter().map(|sum| sum.id.clone()).collect();
    html.raw("<section aria-labelledby=s-sums><h2 id=s-sums>All partners together</h2>\n").open_table("Sums by quarter", "sums");
    html.raw("<thead><tr><th scope=col>KPI");
    for quarter in &quarters {
        html.raw("<th scope=col>").period(*quarter);
    }
    html.raw("<tbody>\n");
    for sum in sums {
        html.raw("<tr><th scope=row>").text(&sum.name).between("<small>", &sum.unit, "</small>");
        for quarter in &quarters {
            html.raw("<td>");
            match sum.periods.get(quarter) {
                None => html.none("none"),
                Some(found) => match &found.total {
                    Some(total) => html.text(&total.show(2, &[])).raw("<small>").show(found.partners).raw(if found.partners == 1 {
                        " partner</small>"
                    } else {
                        " partners</small>"
                    }),
                    None if !found.missing.is_empty() => html.none("no exchange rate"),
                    None => html.none("incomplete"),
                },
            };
        }
        html.raw("\n");
    }
    html.close_table();
    let of = OfPortfolio::new(workspace, measures);
    for id in ids {
        if let Some(one) = of.sum(&id, context.quarter) {
            html.between("<p class=how-of>", &one.title, ": ").text(&one.result).raw("</p>");
            Sources::new(workspace, "").details(html, &one, &format!("portfolio {id}"));
        }
    }
    html.raw("</section>\n");
}

/// Writes how revenue spreads over the partners; nothing where there is none.
pub fn concentration(html: &mut Html<'_>, workspace: &Workspace, measures: &Measures) {
    let found = &measures.portfolio.concentration;
    if let Some((currency, period)) = found.missing.first() {
        html.raw("<section aria-labelledby=s-conc><h2 id=s-conc>Where revenue comes from</h2>\n<p class=empty>No number: there is no exchange rate for ");
        html.text(currency).raw(" in ").period(*period).raw(".</p>\n</section>\n");
        return;
    }
    let (Some(total), Some(squares)) = (&found.total, &found.squares) else {
        return;
    };
    html.raw("<section aria-labelledby=s-conc><h2 id=s-conc>Where revenue comes from</h2>\n<p class=note>");
    html.text(&with_unit(&total.show(2, &[]), &workspace.settings.currency)).raw(" in the four quarters from ");
    html.period(found.quarters[0]).raw(" to ").period(found.quarters[3]).raw(".</p>\n<ul class=bars>\n");
    for share in found.shares.iter().take(MOST) {
        let partner = &workspace.partners[share.partner];
        let width = share.share.percent().plain(1, &[]);
        html.raw("<li><a href=\"").route(&workspace.pages[partner.page].route).between("\"><span class=bar-l>", partner.name(), "</span>");
        html.raw("<span class=bar-t><i style=\"width:").raw(&width).raw("%\"></i></span><b class=bar-n>").raw(&percent(&share.share));
        html.raw("</b></a>\n");
    }
    html.raw("</ul>\n<p class=note>");
    if found.shares.len() > MOST {
        html.raw("The first ").show(MOST).raw(" of ").raw(&count(found.shares.len())).raw(". ");
    }
    html.raw("Concentration ")
        .raw(&squares.show(2, &[Exact::ONE]))
        .raw(" (the sum of the squared shares: 1 is all with one partner).</p>\n");
    Sources::new(workspace, "").details(html, &OfPortfolio::new(workspace, measures).concentration(), "portfolio concentration");
    html.raw("</section>\n");
}

/// Writes how many customers are worked on together, and which of them more is claimed of than there is; nothing where there
/// are none.
pub fn accounts(html: &mut Html<'_>, workspace: &Workspace, measures: &Measures) {
    let found = &measures.portfolio.accounts;
    if found.all.is_empty() {
        return;
    }
    html.raw("<section aria-labelledby=s-accounts><h2 id=s-accounts>Joint accounts</h2>\n<p>").raw(&count(found.all.len()));
    html.raw(if found.all.len() == 1 { " account" } else { " accounts" });
    if let Some(value) = &found.value {
        html.raw(" worth ").text(&with_unit(&value.show(2, &[]), &workspace.settings.currency));
    }
    if let Some((currency, period)) = found.missing.first() {
        html.raw("; their worth has no number, because there is no exchange rate for ").text(currency).raw(" in ").period(*period);
    }
    html.raw(". Each counts once, however many partners claim it.</p>\n");
    let over: Vec<_> = found.all.iter().filter(|account| account.is_over_credited()).collect();
    if !over.is_empty() {
        html.raw("<ul class=entries>\n");
        for account in over.iter().take(MOST) {
            html.between("<li class=tone-warn>", &account.name, " <small class=note>")
                .raw(&percent(&account.credit))
                .raw(" of the credit is claimed, by ");
            for (at, claim) in account.claims.iter().enumerate() {
                let partner = &workspace.partners[claim.partner];
                html.raw(if at > 0 { ", " } else { "" }).link(partner.name(), &workspace.pages[partner.page].route);
            }
            html.raw("</small>\n");
        }
        html.raw("</ul>\n");
    }
    html.raw("</section>\n");
}

/// Writes the deadlines of the months to come; nothing where there are none.
pub fn renewals(html: &mut Html<'_>, workspace: &Workspace, measures: &Measures) {
    let first = workspace.as_of.first_of_month();
    let month = |day: jiff::civil::Date| {
        let months = i32::from(day.year() - first.year()) * 12 + i32::from(day.month() - first.month());
        f64::from(months) + f64::from(day.day() - 1) / f64::from(day.days_in_month())
    };
    let mut due: Vec<(&PartnerEntry, &crate::measures::renewal::Renewal)> = workspace
        .visible_partners()
        .filter_map(|(at, partner)| Some((partner, measures.partners[at].renewal.as_ref()?)))
        .filter(|(_, renewal)| renewal.days >= -90 && month(renewal.deadline) < f64::from(MONTHS))
        .collect();
    if due.is_empty() {
        return;
    }
    due.sort_by_key(|(partner, renewal)| (renewal.deadline, partner.name()));
    let all = due.len();
    due.truncate(MOST);
    let deadlines = due.into_iter().map(|(partner, renewal)| charts::renewals::Deadline {
        name: partner.name().into(),
        href: Some(href(html, &workspace.pages[partner.page].route)),
        at: month(renewal.deadline).max(0.0),
        date_label: human_date(renewal.deadline).into(),
        note: "".into(),
        window: match renewal.window {
            None => charts::renewals::Window::Later,
            Some(Window::Approaching) => charts::renewals::Window::Approaching,
            Some(Window::Due) => charts::renewals::Window::Due,
            Some(Window::Overdue) => charts::renewals::Window::Overdue,
        },
    });
    let months = (0..MONTHS).map(|at| {
        let month = (i32::from(first.month()) - 1 + at) % 12 + 1;
        Text::from(month_name(i8::try_from(month).unwrap_or(1)))
    });
    let chart = charts::renewals::Renewals {
        label: "Renewal deadlines of the next twelve months".into(),
        months: months.collect(),
        today: month(workspace.as_of),
        deadlines: deadlines.collect(),
    };
    html.raw("<section aria-labelledby=s-renewals><h2 id=s-renewals>Renewals</h2>\n");
    charts::renewals::render(html.buffer(), &chart);
    if all > MOST {
        html.raw("<p class=note>The next ").show(MOST).raw(" of ").raw(&count(all)).raw(".</p>\n");
    }
    html.raw("</section>\n");
}
