//! What other programs read: nothing written is lost, the three files agree, and a calendar program takes the calendar.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::collections::BTreeMap;

use common::Space;
use icalendar::{Calendar, CalendarComponent, Component as _, DatePerhapsTime};
use serde_json::Value;

/// What the site of a workspace has at a path.
fn file(space: &Space, path: &str) -> String {
    let site = space.site();
    let bytes = site.bytes(path, &site.routes.all[path]).ok().flatten();
    String::from_utf8(bytes.expect("it is made, not copied")).unwrap()
}

fn json(space: &Space) -> Value {
    serde_json::from_str(&file(space, "data/partners.json")).unwrap()
}

/// The rows of the table, by the names of the columns.
fn rows(space: &Space) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(file(space, "data/kpis.csv").as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The events of the calendar, as another program reads them: `2026-12-01 Acme: Call them`, by id.
fn events(space: &Space) -> BTreeMap<String, String> {
    let text = file(space, "calendar.ics");
    let calendar: Calendar = text.parse().unwrap();
    let events: BTreeMap<String, String> = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .map(|event| {
            let Some(DatePerhapsTime::Date(day)) = event.get_start() else { panic!("{event:?} has no day") };
            (event.get_uid().unwrap().to_owned(), format!("{day} {}", event.get_summary().unwrap()))
        })
        .collect();
    assert_eq!(events.len(), text.matches("BEGIN:VEVENT").count(), "each has an id of its own");
    events
}

/// The events of a partner that is called Acme and has this front matter, by day.
fn of_acme(yaml: &str) -> Vec<String> {
    let mut all: Vec<String> = events(&Space::empty().partner("acme", &format!("name: Acme\n{yaml}"), "")).into_values().collect();
    all.sort();
    all
}

#[test]
fn nothing_that_is_written_of_a_kpi_is_lost() {
    let space = Space::empty()
        .partner(
            "acme",
            "name: Acme\nkpis:\n  revenue: {name: Umsatz, category: strategic, unit: CHF, direction: lower, aggregate: last, frequency: year, target: {2026-Q1: 1.10, 2027-Q1: 7}, baseline: 2.5, weight: 3, commitment: aspirational, flow: theirs, source: Ledger, actuals: {2026-Q1: 1.50, 2026-Q2: n/a, 2026-Q3: null, 2026-07: 4, 2027-Q1: null, 2027-Q2: 9}}",
            "",
        )
        .file("content/metrics.csv", "partner,kpi,period,actual,target\nacme,revenue,2025-Q4,1,6\nacme,revenue,2027-Q3,,8\n");
    let kpi = &json(&space)["partners"][0]["kpis"][0];
    for (key, value) in [
        ("name", "Umsatz"),
        ("category", "strategic"),
        ("unit", "CHF"),
        ("direction", "lower"),
        ("aggregate", "last"),
        ("frequency", "year"),
        ("granularity", "quarter"),
        ("baseline", "2.5"),
        ("weight", "3"),
        ("commitment", "aspirational"),
        ("flow", "theirs"),
        ("source", "Ledger"),
    ] {
        assert_eq!(kpi[key], value, "{key}");
    }
    assert_eq!(kpi["target"].to_string(), r#"{"2026-Q1":"1.1","2027-Q1":"7"}"#);
    assert_eq!(kpi["other_actuals"].to_string(), r#"{"2026-07":"4"}"#);
    assert_eq!(kpi["other_targets"].to_string(), r#"{"2027-Q3":"8"}"#);
    let periods: Vec<String> = kpi["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| format!("{} {} {} {}", found["period"], found["actual"], found["target"], found["status"]).replace('"', ""))
        .collect();
    let expected =
        ["2025-Q4 1 6 no formula", "2026-Q1 1.5 1.1 red", "2026-Q2 null 1.1 n/a", "2026-Q3 null 1.1 missing", "2027-Q2 9 7 open"];
    assert_eq!(periods, expected);
}

#[test]
fn the_table_says_what_the_json_says() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let space = Space::empty();
    for (path, bytes) in common::tree(&root.join("content")) {
        space.write(&format!("content/{path}"), bytes);
    }
    space.write("partnerbook.yaml", std::fs::read(root.join("partnerbook.yaml")).unwrap());
    let mut of_json = Vec::new();
    let json = json(&space);
    for partner in json["partners"].as_array().unwrap() {
        for kpi in partner["kpis"].as_array().unwrap() {
            for period in kpi["periods"].as_array().unwrap() {
                let mut row: Vec<String> = [&partner["id"], &kpi["id"]].map(|id| id.as_str().unwrap().to_owned()).to_vec();
                let cells = ["period", "actual", "target", "attainment", "status", "trend", "change"];
                row.extend(cells.map(|cell| period[cell].as_str().unwrap_or_default().to_owned()));
                of_json.push(row);
            }
        }
    }
    let columns = ["partner", "kpi", "period", "actual", "target", "attainment", "status", "trend", "change"];
    let of_table: Vec<Vec<String>> = rows(&space).iter().map(|row| columns.map(|column| row[column].clone()).to_vec()).collect();
    assert!(of_table.len() > 20 && of_table.is_sorted());
    of_json.sort();
    assert_eq!(of_json, of_table);
}

#[test]
fn an_event_is_the_same_in_another_order_and_on_another_day() {
    let with = |actions: &str| events(&Space::empty().partner("acme", &format!("name: Acme\nactions: [{actions}]"), ""));
    let (call, write) = ("{text: Call them, due: 2026-12-01}", "{text: Write, due: 2026-12-02}");
    let one = with(&format!("{call}, {write}"));
    assert_eq!(one, with(&format!("{write}, {call}")));
    assert_eq!(one, with(&format!("{{text: Done, due: 2026-12-01, done: yes}}, {call}, {call}, {write}")), "said twice is said once");
    let later = with(&format!("{{text: Call them, due: 2027-01-15}}, {write}"));
    assert_eq!(one.keys().collect::<Vec<_>>(), later.keys().collect::<Vec<_>>(), "put off is not another event");
    let twins = with("{text: Report, due: 2026-12-01}, {text: Report, due: 2027-03-01}");
    assert_eq!(twins.len(), 2);
    let put_off = with("{text: Report, due: 2026-12-08}, {text: Report, due: 2027-03-01}");
    assert_eq!(twins.keys().filter(|id| put_off.contains_key(*id)).count(), 1, "the other one stays");
}

#[test]
fn hidden_and_former_partners_have_no_events() {
    let yaml = "name: A\nactions: [{text: x, due: 2026-12-01}]\nterm: {end: 2027-01-31}";
    let space = Space::empty()
        .partner("gone", &format!("{yaml}\nstage: exited"), "")
        .partner("draft", &format!("{yaml}\ndraft: true"), "")
        .file("content/partners/draft/qbr/2026-Q3.md", "---\nactions: [{text: y, due: 2026-12-01}]\n---\n");
    assert_eq!(events(&space).len(), 0);
    assert_eq!(rows(&space).len(), 0);
    assert!(file(&space, "calendar.ics").contains("BEGIN:VTIMEZONE"), "an empty calendar would not be valid");
    assert_eq!(of_acme("stage: research\nterm: {end: 2027-01-31}"), ["2027-01-31 Acme: the term ends, decide on the renewal"]);
}

#[test]
fn the_calendar_starts_thirty_days_ago() {
    let found = of_acme(
        "goals: [{text: a, due: 2026-10-21}, {text: b, due: 2026-10-20}, {text: c, due: 9999-12-31}]\nlaunch: 2026-10-01\nmilestones: [{name: d, due: 90d}, {name: e, due: 1m, done: 2026-11-01}, {name: f, due: 65535y}]",
    );
    assert_eq!(found, ["2026-10-21 Acme: a", "2026-12-30 Acme: d", "9999-12-31 Acme: c"]);
    let space = Space::empty().partner("acme", "name: Acme\ngoals: [{text: a, due: 0001-01-01}]", "");
    assert_eq!(events(&space.on("0001-01-01")).len(), 1, "on the first day of all");
}

#[test]
fn the_next_review_is_where_it_was_planned_or_when_it_becomes_overdue() {
    let with = |next: &str| {
        let review = format!("---\ndate: 2026-07-01\n{next}\n---\n");
        let space = Space::empty().partner("acme", "name: Acme", "").file("content/partners/acme/qbr/2026-Q2.md", review);
        events(&space).into_values().collect::<Vec<_>>()
    };
    assert_eq!(with(""), ["2026-10-30 Acme: review of Q3 2026"]);
    assert_eq!(with("next: 2026-12-03"), ["2026-12-03 Acme: review of Q3 2026"]);
    assert_eq!(with("next: 2026-10-02"), ["2026-10-30 Acme: review of Q3 2026"], "nobody came");
    assert_eq!(with("draft: true"), [""; 0]);
}

#[test]
fn what_is_off_or_over_is_not_planned() {
    let found = of_acme(
        "meetings: [{forum: executive, date: 2026-11-20}, {forum: weekly, date: 2026-11-19}, {date: 2026-12-01}, {forum: executive, date: 2026-12-02, held: no}]\non_hold: {until: 2026-12-05}\nwaive: [{rule: kpi/missing, until: 2026-12-06}, {rule: kpi/missing}]",
    );
    let expected = [
        "2026-11-20 Acme: Executive meeting",
        "2026-12-01 Acme: meeting",
        "2026-12-05 Acme: the pause ends",
        "2026-12-06 Acme: the waiver of kpi/missing ends",
    ];
    assert_eq!(found, expected);
}

#[test]
fn addresses_are_there_only_where_the_site_has_one() {
    let space = Space::empty().partner("a b", "name: Acme\ngoals: [{text: x, due: 2026-12-01}]", "");
    assert!(!file(&space, "calendar.ics").contains("URL"));
    space.write("partnerbook.yaml", "base_url: https://x.example/p");
    assert!(file(&space, "calendar.ics").contains("\r\nURL:https://x.example/p/partners/a%20b.html\r\n"));
}
