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

/// A KPI of a partner that has only this one, with these settings.
fn kpi(settings: &str, kpi: &str) -> Value {
    let space = Space::empty().partner("acme", &format!("kpis: {{{kpi}}}"), "");
    space.write("partnerbook.yaml", settings);
    json(&space)["partners"][0]["kpis"][0].clone()
}

#[test]
fn months_enter_the_health_as_quarters() {
    let months = "leads: {target: 10, actuals: {2026-01: 10, 2026-02: 0, 2026-03: 2, 2026-04: 6, 2026-05: 9, 2026-06: n/a, 2026-07: 3, 2026-08: 4, 2026-10: 30, 2026-11: 1, 2026-12: 1}}";
    let found = kpi("", months);
    let quarters: Vec<String> = found["quarters"].as_array().unwrap().iter().map(Value::to_string).collect();
    let expected = [
        r#"{"period":"2026-Q1","actual":"12","target":"30","attainment":"0.4","status":"red","trend":"new","change":null}"#,
        r#"{"period":"2026-Q2","actual":"15","target":"20","attainment":"0.75","status":"red","trend":"improving","change":"0.25"}"#,
        r#"{"period":"2026-Q3","actual":null,"target":"30","attainment":null,"status":"missing","partial":{"have":2,"of":3},"trend":null,"change":null}"#,
    ];
    assert_eq!(sorted(&quarters), sorted(&expected.map(str::to_owned)), "and none that is open");
    assert_eq!(found["declining_run"], 0);
    let shifted = kpi("fiscal_year_start: 2", months);
    let names: Vec<&str> = shifted["quarters"].as_array().unwrap().iter().map(|found| found["period"].as_str().unwrap()).collect();
    assert_eq!(names, ["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"], "as the fiscal year lies");
    for other in
        ["leads: {actuals: {2026-Q3: 5}}", "leads: {actuals: {2025: 5}}", "leads: {actuals: {2026-11: 5}}", "leads: {frequency: month}"]
    {
        assert!(kpi("", other).get("quarters").is_none(), "{other}");
    }
}

/// Objects whose keys may stand in any order.
fn sorted(objects: &[String]) -> Vec<Value> {
    objects.iter().map(|object| serde_json::from_str(object).unwrap()).collect()
}

#[test]
fn what_is_rarely_there_is_left_out() {
    let plain = kpi("", "leads: {target: 5, actuals: {2026-Q2: 4, 2026-Q3: 3}}");
    for key in ["mixed", "quarters", "other_actuals", "other_targets"] {
        assert!(plain.get(key).is_none(), "{key}");
    }
    assert_eq!(plain["declining_run"], 1);
    assert_eq!(plain["periods"][1].as_object().unwrap().len(), 7);

    let range = kpi("", "tickets: {direction: {range: [0, 2.50]}, actuals: {2026-Q2: 0, 2026-Q3: -1}}");
    let [first, second] = [0, 1].map(|at| &range["periods"][at]);
    assert_eq!((&first["range"], &first["status"]), (&serde_json::json!(["0", "2.5"]), &Value::from("green")));
    assert_eq!(second["why"], "the value is outside of the range, at a bound of 0");
    assert_eq!((&second["change"], &second["change_absolute"]), (&Value::Null, &Value::from("-1")));

    let months = kpi("", "tickets: {aggregate: sum, direction: {range: [1, 2]}, actuals: {2026-07: 1, 2026-08: 1, 2026-09: 1}}");
    assert_eq!(months["quarters"][0]["range"], serde_json::json!(["3", "6"]), "bounds that are added up");
    assert_eq!(kpi("", "leads: {actuals: {2026-Q2: 4, 2026-Q3: 3, 2025: 3}}")["mixed"], true);
}

#[test]
fn every_reason_is_in_the_reference() {
    use partnerbook::measures::attainment::NoFormula::{BaselineBeyondTarget, BaselineIsTarget, NegativeBound, NegativeTarget, ZeroBound};
    let docs = std::fs::read_to_string(format!("{}/docs/data.md", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for reason in [NegativeTarget, BaselineIsTarget, BaselineBeyondTarget, ZeroBound, NegativeBound] {
        assert!(docs.contains(&format!("| \"{}\" |", reason.reason())), "{reason:?}");
    }
}

#[test]
fn the_quarters_of_health_have_what_makes_them_up() {
    let space = Space::empty().partner(
        "acme",
        "kpis: {revenue: {target: 10, actuals: {2026-Q2: 9, 2026-Q3: 12}}, satisfaction: {target: 10, actuals: {2026-Q3: 5}}}",
        "",
    );
    let measures = &json(&space)["partners"][0]["measures"];
    let quarters = measures["health_by_quarter"].as_array().unwrap();
    let found: Vec<String> =
        quarters.iter().map(|found| format!("{} {}", found["coverage"], found["categories"]).replace('"', "")).collect();
    assert_eq!(found, ["0.3 [90,null,null,null]", "0.55 [100,null,50,null]"]);
    let last: Vec<&Value> = measures["health"]["categories"].as_array().unwrap().iter().map(|found| &found["value"]).collect();
    assert_eq!(quarters[1]["categories"].as_array().unwrap().iter().collect::<Vec<_>>(), last);
    assert_eq!((&measures["targets_met"]["mean"], &measures["targets_met"]["mean_capped"]), (&"0.85".into(), &"0.75".into()));
    let none = json(&Space::empty().partner("acme", "name: Acme", ""));
    assert_eq!(none["partners"][0]["measures"]["targets_met"].as_object().unwrap().values().filter(|value| value.is_null()).count(), 2);
}

#[test]
fn all_partners_together_come_after_them() {
    let partners = |settings: &str| {
        let space = Space::empty()
            .partner("a", "kpis: {revenue: {actuals: {2026-Q2: 20, 2026-Q3: 10}}}\naccounts: [{name: Initrode, credit: 60, value: 5}, {name: Zeta}]", "")
            .partner("b", "kpis: {revenue: {unit: EUR, actuals: {2026-07: 10, 2026-08: 10, 2026-09: 15}}}\naccounts: [{name: initrode, credit: 60, value: {amount: 10, currency: EUR}}]", "")
            .partner("c", "stage: exited", "")
            .partner("d", "draft: true\nkpis: {revenue: {actuals: {2026-Q3: 1000}}}", "");
        space.write("partnerbook.yaml", settings);
        let text = file(&space, "data/partners.json");
        assert!(text.ends_with("}}\n") && text.lines().last().unwrap().starts_with("\"portfolio\":{"));
        json(&space)["portfolio"].clone()
    };
    let found = partners("fx: {2026-Q3: {EUR: 2}}");
    assert_eq!(found["bands"], serde_json::json!({"green": 0, "yellow": 0, "red": 0, "unknown": 2}));
    assert_eq!(found["exited"], 1);
    assert_eq!(
        found["sums"],
        serde_json::json!([{"kpi": "revenue", "name": "Revenue generated", "unit": "USD", "periods": [
            {"period": "2026-Q2", "total": "20", "partners": 1, "incomplete": 0},
            {"period": "2026-Q3", "total": "80", "partners": 2, "incomplete": 0},
        ]}])
    );
    assert_eq!(
        found["concentration"],
        serde_json::json!({
            "quarters": ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"], "total": "100", "squares": "0.58", "missing": [],
            "shares": [
                {"partner": "b", "amount": "70", "share": "0.7", "quarters": 1},
                {"partner": "a", "amount": "30", "share": "0.3", "quarters": 2},
            ],
        })
    );
    let claims = serde_json::json!([{"partner": "a", "credit": "0.6", "value": "5"}, {"partner": "b", "credit": "0.6", "value": "20"}]);
    assert_eq!(
        found["accounts"],
        serde_json::json!({
            "count": 2, "value": "20", "missing": [],
            "over_credited": [{"name": "Initrode", "credit": "1.2", "value": "20", "claims": claims}],
        })
    );

    let found = partners("");
    let months = serde_json::json!([
        {"currency": "EUR", "period": "2026-07"}, {"currency": "EUR", "period": "2026-08"}, {"currency": "EUR", "period": "2026-09"},
    ]);
    assert_eq!((&found["concentration"]["total"], &found["concentration"]["missing"]), (&Value::Null, &months));
    assert_eq!((&found["sums"][0]["periods"][1]["total"], &found["sums"][0]["periods"][1]["missing"]), (&Value::Null, &months));
    assert_eq!(found["accounts"]["missing"], serde_json::json!([{"currency": "EUR", "period": "2026-Q3"}]));
    assert_eq!(found["accounts"]["value"], Value::Null);
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
