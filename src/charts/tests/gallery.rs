//! A page with every chart, for the eye: `CHART_GALLERY=folder cargo test --lib charts` writes it.

use std::fmt::Write as _;

use super::super::exchange::{Deal, Exchange};
use super::super::governance::{Forum, Governance};
use super::super::renewals::{Deadline, Renewals, Window};
use super::super::risks::{Level, Risk, Risks};
use super::super::*;

type Line = (&'static str, Vec<Option<f64>>, Option<f64>, bool);
type Section = (&'static str, fn(&mut String));

const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and its subsidiaries in the north";
const HEBREW: &str = "שותפות אסטרטגית בצפון";

fn drawn(out: &mut String, heading: &str, render: impl FnOnce(&mut String)) {
    out.push_str("<h3>");
    out.push_str(heading);
    out.push_str("</h3>\n");
    render(out);
    out.push('\n');
}

fn lines(out: &mut String) {
    let rows: [Line; 9] = [
        ("Eight quarters", [31.0, 38.0, 36.0, 45.0, 52.0, 50.0, 58.0, 61.0].map(Some).to_vec(), Some(55.0), false),
        ("Open quarter", [31.0, 38.0, 36.0, 45.0, 22.0].map(Some).to_vec(), Some(40.0), true),
        ("Gaps", vec![Some(3.0), None, Some(5.0), Some(4.0), None, None, Some(7.0)], None, false),
        ("None", vec![], None, false),
        ("One", vec![Some(4.0)], Some(4.0), false),
        ("All equal", vec![Some(4.0); 6], None, false),
        ("Negative", vec![Some(-4.0), Some(2.0), Some(-9.0)], Some(0.0), false),
        ("Huge", vec![Some(1e28), Some(-1e28), Some(5e27)], None, false),
        ("Many", (0..90).map(|i| Some(f64::from(i * 37 % 17 + i))).collect(), Some(60.0), false),
    ];
    out.push_str("<table><tbody>");
    for (name, values, target, open) in rows {
        write!(out, "<tr><th>{name}</th><td>").unwrap();
        sparkline::render(out, &sparkline::Sparkline { label: name.into(), values: &values, target, open });
        out.push_str("</td><td>412 000 GBP</td></tr>");
    }
    out.push_str("</tbody></table>");
}

fn past(periods: &[&'static str], values: &[Option<f64>], targets: &[Option<f64>], legend: bool) -> history::History<'static> {
    let points = periods.iter().enumerate().map(|(at, period)| {
        let (value, target) = (values[at], targets[at]);
        let status = match (value, target) {
            (Some(v), Some(t)) if v >= t => Status::Green,
            (Some(v), Some(t)) if v >= t * 0.8 => Status::Yellow,
            (Some(_), Some(_)) => Status::Red,
            _ => Status::Grey,
        };
        let words = |v: Option<f64>| v.map_or(String::new(), |v| format!("{v} GBP")).into();
        let open = at + 1 == periods.len() && at > 1;
        history::Point {
            period: (*period).into(),
            value,
            value_label: words(value),
            target,
            target_label: words(target),
            status,
            open,
            ..Default::default()
        }
    });
    history::History { label: "Revenue by quarter".into(), points: points.collect(), legend }
}

fn histories(out: &mut String) {
    let quarters = ["Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"];
    let values = [310.0, 380.0, 360.0, 450.0, 520.0, 400.0, 580.0, 210.0].map(|v| Some(v * 1000.0));
    let targets = [300.0, 300.0, 400.0, 400.0, 550.0, 550.0, 550.0, 600.0].map(|v| Some(v * 1000.0));
    drawn(out, "Eight quarters", |out| history::render(out, &past(&quarters, &values, &targets, true)));
    let gaps = [Some(-4.0), Some(3.0), None, Some(6.0), Some(-8.0), None, None, None];
    drawn(out, "Gaps, negative, no target", |out| history::render(out, &past(&quarters, &gaps, &[None; 8], true)));
    drawn(out, "One", |out| history::render(out, &past(&quarters[..1], &[Some(4.0)], &[Some(4.0)], false)));
    drawn(out, "None", |out| history::render(out, &past(&quarters[..1], &[None], &[Some(4.0)], false)));
    drawn(out, "Huge", |out| {
        history::render(out, &past(&quarters[..3], &[Some(1e28), Some(2e28), Some(-1e28)], &[Some(1.5e28); 3], false));
    });
    let mut months = past(&["October 2025"; 24], &[Some(98.0); 24], &[None; 24], false);
    for (at, point) in months.points.iter_mut().enumerate() {
        let value = 90 + at * 7 % 11;
        point.value = Some(value as f64);
        point.value_label = format!("{value} %").into();
        (point.target, point.target_to, point.target_label) = (Some(93.0), Some(98.0), "93 to 98 %".into());
        point.status = if (93..=98).contains(&value) { Status::Green } else { Status::Yellow };
    }
    drawn(out, "Two years of months, a range", |out| history::render(out, &months));
    let mut long = past(&quarters[..4], &values[..4], &targets[..4], true);
    for point in &mut long.points {
        point.period = format!("{} {LONG}", point.period).into();
    }
    long.points[1].value_label = "12 345 678 901 234 567 890 engineers".into();
    drawn(out, "Long words", |out| history::render(out, &long));
}

fn health(out: &mut String) {
    let part = |name: &'static str, weight: f64, value: Option<f64>| gauge::Part {
        name: name.into(),
        weight,
        weight_label: format!("weight {weight}").into(),
        value,
        value_label: value.map_or("no data".to_owned(), |v| format!("{v}")).into(),
        coverage_label: if value.is_some() { "coverage 100 %" } else { "coverage 0 %" }.into(),
    };
    let bands = |a: f64, b: f64| vec![Tick { at: a, label: a.to_string().into() }, Tick { at: b, label: b.to_string().into() }];
    let parts = vec![
        part("Business", 30.0, Some(95.0)),
        part("Operational", 30.0, Some(100.0)),
        part("Relationship", 25.0, Some(90.0)),
        part("Strategic", 15.0, Some(80.0)),
    ];
    let whole = gauge::Gauge {
        label: "Health in Q3 2026: 93.0 of 100, green".into(),
        value: Some(93.0),
        value_label: "93.0".into(),
        status: Status::Green,
        band_label: "green".into(),
        note: "Q3 2026, coverage 100 %".into(),
        bands: bands(70.0, 90.0),
        parts,
    };
    drawn(out, "Green", |out| gauge::render(out, &whole));
    let parts =
        vec![part("Business", 30.0, Some(40.0)), part(LONG, 30.0, Some(100.0)), part(HEBREW, 25.0, None), part("Strategic", 15.0, None)];
    let red = gauge::Gauge {
        value: Some(68.2),
        value_label: "68.2".into(),
        status: Status::Red,
        band_label: "red".into(),
        bands: bands(95.0, 99.0),
        parts,
        ..whole.clone()
    };
    drawn(out, "Red, close bands, long and missing parts", |out| gauge::render(out, &red));
    let unknown = gauge::Gauge {
        value: None,
        value_label: "not enough data".into(),
        status: Status::Grey,
        band_label: "unknown".into(),
        parts: vec![part("Business", 30.0, Some(0.0)), part("Operational", 30.0, None)],
        ..whole
    };
    drawn(out, "Unknown", |out| gauge::render(out, &unknown));
}

fn score_bars(out: &mut String) {
    let criterion = |name: &'static str, score: Option<f64>, weight: u32| scores::Criterion {
        name: name.into(),
        score,
        score_label: score.map_or("not scored".to_owned(), |s| format!("{s} of 5")).into(),
        weight_label: format!("weight {weight}").into(),
        ..Default::default()
    };
    let minimum = |c: scores::Criterion<'static>, at: f64, below| scores::Criterion {
        minimum: Some(at),
        minimum_label: format!("minimum {at}").into(),
        below,
        ..c
    };
    let mut risk = criterion("Risk", Some(2.0), 10);
    (risk.inverse, risk.inverse_label) = (true, "low is good: counts as 4".into());
    let criteria = vec![
        minimum(criterion("Strategic fit", Some(4.0), 25), 3.0, false),
        criterion("Reach into our buyers", Some(3.5), 15),
        minimum(criterion("Technical feasibility", Some(2.0), 20), 3.0, true),
        criterion("Mutual value", Some(5.0), 20),
        criterion("Speed of decisions", None, 10),
        risk,
        criterion(LONG, Some(1.0), 10),
        criterion(HEBREW, Some(9.0), 10),
    ];
    drawn(out, "Eight criteria", |out| scores::render(out, &scores::Scores { label: "Scores".into(), scale: (1.0, 5.0), criteria }));
    let wide = vec![criterion("Out of a hundred", Some(64.0), 1), criterion("Nothing", Some(0.0), 1)];
    drawn(out, "Another scale", |out| scores::render(out, &scores::Scores { label: "Scores".into(), scale: (0.0, 100.0), criteria: wide }));
    drawn(out, "None", |out| scores::render(out, &scores::Scores::default()));
}

fn stages(out: &mut String) {
    let stage = |name: &'static str, count: f64| funnel::Stage {
        name: name.into(),
        href: Some("#".into()),
        count,
        count_label: count.to_string().into(),
        ..Default::default()
    };
    let stages = vec![
        stage("Research", 42.0),
        stage("Negotiation", 17.0),
        stage("Onboarding", 9.0),
        funnel::Stage { note: "3 of them on hold".into(), ..stage("Development", 23.0) },
        stage("Review", 1.0),
        stage("Exited", 0.0),
        stage(LONG, 5.0),
    ];
    drawn(out, "Stages", |out| funnel::render(out, &funnel::Funnel { label: "Partners by stage".into(), stages }));
    let huge = vec![stage("Huge", 1e28), stage("Tiny", 1.0), stage("Negative", -3.0), stage("Nothing", f64::NAN)];
    drawn(out, "Odd counts", |out| funnel::render(out, &funnel::Funnel { label: "Odd".into(), stages: huge }));
}

fn lives(out: &mut String) {
    let stay = |name: &'static str, from: f64, to: Option<f64>, dates: &'static str| timeline::Stay {
        name: name.into(),
        from,
        to,
        days_label: to.map_or("178 days".to_owned(), |to| format!("{} days", to - from)).into(),
        dates_label: dates.into(),
        ..Default::default()
    };
    let end = |at: f64, label: &'static str| Tick { at, label: label.into() };
    let stays = vec![
        stay("Research", 0.0, Some(60.0), "12 Jan 2025 to 13 Mar 2025"),
        stay("Negotiation", 60.0, Some(150.0), "13 Mar 2025 to 11 Jun 2025"),
        stay("Onboarding", 150.0, Some(152.0), "11 Jun 2025 to 13 Jun 2025"),
        timeline::Stay { on_hold: true, ..stay("Development", 152.0, Some(300.0), "13 Jun 2025 to 8 Nov 2025") },
        stay(LONG, 300.0, Some(500.0), "8 Nov 2025 to 27 May 2026"),
        stay("Review", 500.0, None, "since 27 May 2026"),
    ];
    let whole = timeline::Timeline {
        label: "Stages since January 2025".into(),
        from: end(0.0, "12 Jan 2025"),
        to: end(678.0, "20 Nov 2026"),
        stays,
    };
    drawn(out, "Six stages", |out| timeline::render(out, &whole));
    let hold = vec![timeline::Stay { on_hold: true, ..stay("Research", 5.0, None, "since today") }];
    let today = timeline::Timeline { label: "On hold".into(), from: end(5.0, "20 Nov 2026"), to: end(5.0, "20 Nov 2026"), stays: hold };
    drawn(out, "Today, on hold", |out| timeline::render(out, &today));
    drawn(out, "None", |out| timeline::render(out, &timeline::Timeline::default()));
}

fn grid(out: &mut String) {
    let bands = [("green", Status::Green), ("yellow", Status::Yellow), ("red", Status::Red), ("unknown", Status::Grey)];
    let columns = bands.map(|(label, status)| matrix::Column { label: label.into(), status: Some(status) }).to_vec();
    let names = ["Research", "Negotiation", "Onboarding", "Development", "Review", "Renewal", LONG];
    let rows = names.iter().enumerate().map(|(at, name)| matrix::Row {
        label: (*name).into(),
        href: Some("#".into()),
        cells: (0..4)
            .map(|band| {
                let count = at * (band * 5 + at) % 13;
                matrix::Cell { count: count as f64, label: count.to_string().into(), href: (count > 0).then_some("#".into()) }
            })
            .collect(),
    });
    let chart = matrix::Matrix { label: "Partners by stage and health".into(), corner: "Stage".into(), columns, rows: rows.collect() };
    matrix::render(out, &chart);
}

fn year(out: &mut String) {
    let months = ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"].map(Text::from).to_vec();
    let deadline = |name: &'static str, at: f64, date: &'static str, window| Deadline {
        name: name.into(),
        href: Some("#".into()),
        at,
        date_label: date.into(),
        window,
        ..Default::default()
    };
    let deadlines = vec![
        deadline("Greyfriars", -3.0, "1 Aug 2026", Window::Overdue),
        deadline("Minato", 0.3, "10 Nov 2026", Window::Overdue),
        Deadline { note: "end of term 31 Jan 2027, 30 days of notice".into(), ..deadline("Copperline", 2.0, "1 Jan 2027", Window::Due) },
        deadline("Håløy", 3.2, "6 Feb 2027", Window::Approaching),
        deadline(LONG, 7.5, "16 Jun 2027", Window::Later),
        deadline(HEBREW, 11.9, "29 Oct 2027", Window::Later),
    ];
    drawn(out, "Six deadlines", |out| renewals::render(out, &Renewals { label: "Deadlines".into(), months, today: 0.65, deadlines }));
    drawn(out, "None", |out| renewals::render(out, &Renewals::default()));
}

fn dangers(out: &mut String) {
    let risk = |text: &'static str, likelihood, impact| Risk { text: text.into(), likelihood, impact, note: "George Adeyemi".into() };
    let (low, medium, high) = (Some(Level::Low), Some(Level::Medium), Some(Level::High));
    let mut all = vec![
        risk("Copperline buys a scheduling product with Mistral", medium, high),
        risk("Both teams call the same account", medium, medium),
        risk("The restart is taken as blame", low, medium),
        risk(LONG, high, high),
        risk(HEBREW, None, low),
    ];
    drawn(out, "Five risks", |out| risks::render(out, &Risks { label: "Five risks".into(), risks: all.clone() }));
    all.extend((0..12).map(|_| risk("The same again", high, high)));
    drawn(out, "Crowded", |out| risks::render(out, &Risks { label: "Risks".into(), risks: all }));
}

fn words(out: &mut String) {
    let deal = |ours: &'static str, theirs: &'static str, together: &'static str| Deal {
        ours: ours.into(),
        theirs: theirs.into(),
        together: together.into(),
    };
    let deals = vec![
        deal("Finished visits with parts and hours", "Invoices and payment status", "Technicians can see who has not paid"),
        deal("A seat in our sales meetings", "", "One account plan"),
        deal(LONG, HEBREW, ""),
    ];
    drawn(out, "Exchange", |out| {
        exchange::render(out, &Exchange { label: "What each side gives".into(), us: "Tarnbeck".into(), them: "Copperline".into(), deals });
    });
    let forum = |name: &'static str, interval: &'static str, attendees: &[&'static str], purpose: &'static str| Forum {
        name: name.into(),
        interval: interval.into(),
        attendees: attendees.iter().map(|a| Text::from(*a)).collect(),
        purpose: purpose.into(),
        note: "last held 15 Oct 2026".into(),
    };
    let forums = vec![
        forum("Executive", "every quarter, 90 minutes", &["George Adeyemi", "Torbjørn Lie"], "Quarterly review"),
        forum("Managers", "every month, 60 minutes", &["Priya Raman", HEBREW, LONG], "Pipeline and the plan"),
        forum("Working", "every week", &[], ""),
    ];
    let escalation = ["working team", "partnership managers", "executive sponsors", "formal dispute"].map(Text::from).to_vec();
    drawn(out, "Governance", |out| governance::render(out, &Governance { label: "Governance".into(), forums, escalation }));
}

#[test]
fn gallery() {
    let Some(folder) = std::env::var_os("CHART_GALLERY") else { return };
    let style = include_str!("../../../themes/default/static/style.css");
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Charts</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{style}</style></head><body><main><h1>Charts</h1>\n"
    );
    let sections: [Section; 10] = [
        ("Sparklines", lines),
        ("Health", health),
        ("Scores", score_bars),
        ("History", histories),
        ("Timeline", lives),
        ("Renewals", year),
        ("Funnel", stages),
        ("Matrix", grid),
        ("Risks", dangers),
        ("Exchange and governance", words),
    ];
    for (name, section) in sections {
        let id = name.split(' ').next().unwrap();
        writeln!(out, "<section id=\"s-{id}\" style=\"max-width:46rem\"><h2>{name}</h2>").unwrap();
        section(&mut out);
        out.push_str("</section>\n");
    }
    out.push_str("</main></body></html>\n");
    std::fs::write(std::path::Path::new(&folder).join("gallery.html"), out).unwrap();
}
