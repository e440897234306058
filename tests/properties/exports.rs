//! Any text in names, ids and actions: the table and the calendar can be read by other programs, which get the text back.

use std::sync::Arc;

use icalendar::{Calendar, CalendarComponent, Component as _};
use partnerbook::site::Site;
use partnerbook::workspace::Workspace;
use partnerbook::workspace::classify::Kind;
use partnerbook::workspace::document::Document;
use partnerbook::workspace::resolve::resolve;
use partnerbook::workspace::snapshot::{FileEntry, Snapshot};
use proptest::prelude::*;

use crate::cases;
use crate::common::DAY;

/// Any text, with much of what is special to a spreadsheet or a calendar, and long ones.
fn text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "'",
        "\"",
        ",",
        ";",
        "\\",
        "\\n",
        "\n",
        "\r",
        "\r\n",
        "\t",
        ":",
        " ",
        "\u{0}",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "🎉",
        "＝",
        "END:VEVENT",
        "BEGIN:VCALENDAR",
        "a",
        "long enough to be folded somewhere ",
    ]);
    prop_oneof![
        3 => prop::collection::vec(special.prop_map(str::to_owned), 0..40).prop_map(|parts| parts.concat()),
        1 => prop::collection::vec(any::<char>(), 0..60).prop_map(|chars| chars.into_iter().collect::<String>()),
    ]
}

/// A text as YAML: every character by its number, so that the text is what the reader gets.
fn yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        out.push_str(&format!("\\U{:08X}", u32::from(c)));
    }
    out.push('"');
    out
}

fn site(name: &str, kpi: &str, action: &str) -> Site {
    let text = format!(
        "---\nname: {}\nkpis:\n  ? {}\n  : {{name: {}, unit: {}, actuals: {{2026-Q3: -5}}}}\nactions: [{{text: {}, due: 2026-12-01}}]\n---\n",
        yaml(name),
        yaml(kpi),
        yaml(action),
        yaml(name),
        yaml(action)
    );
    let path = "content/partners/acme.md";
    let entry = FileEntry { path: Arc::from(path), kind: Kind::of(path).unwrap() };
    let root = std::env::temp_dir().join("a workspace that is not there");
    let snapshot = Snapshot { root, as_of: DAY.parse().unwrap(), files: Vec::new(), findings: Vec::new(), links: false };
    Site::new(resolve(&snapshot, vec![Document::read(&entry, Ok(text.into_bytes()))], false))
}

fn file(site: &Site, path: &str) -> String {
    let bytes = site.bytes(path, &site.routes.all[path]).ok().flatten();
    String::from_utf8(bytes.expect("it is made, not copied")).unwrap()
}

/// A cell as `docs/data.md` says that it is to be read.
fn cell(text: &str) -> &str {
    let behind = text.trim_start_matches('\'');
    let formula = behind.starts_with(|c: char| "=+-@＝＋－＠".contains(c) || c.is_control());
    if formula { text.strip_prefix('\'').expect("no cell is a formula") } else { text }
}

/// What a calendar can hold of a text: line ends of one kind, and no other control characters.
fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn the_table_is_read_back(workspace: &Workspace, table: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let partner = &workspace.partners[0];
    assert_eq!(rows.len(), partner.kpis.len());
    for (row, kpi) in rows.iter().zip(&partner.kpis) {
        let unit = kpi.kpi.unit.clone().unwrap_or_default();
        assert_eq!([0, 1, 2, 3, 5].map(|at| cell(&row[at])), [&partner.id, partner.name(), &kpi.id, &kpi.name(), &unit]);
        assert_eq!([&row[6], &row[7]], ["2026-Q3", "-5"], "numbers are not touched");
    }
}

fn the_calendar_is_read_back(workspace: &Workspace, text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(char::is_control), "{line:?}");
    }
    let calendar: Calendar = text.parse().unwrap();
    let [CalendarComponent::Event(event)] = calendar.components.as_slice() else { panic!("{calendar:?}") };
    let partner = &workspace.partners[0];
    let action = partner.data.actions[0].text.as_deref().filter(|text| !text.is_empty()).unwrap_or("action");
    assert_eq!(event.get_summary().unwrap(), format!("{}: {}", plain(partner.name()), plain(action)));
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn any_text_comes_through(name in text(), kpi in text(), action in text()) {
        let site = site(&name, &kpi, &action);
        let workspace = &site.workspace;
        prop_assert_eq!(workspace.partners.len(), 1);
        the_table_is_read_back(workspace, &file(&site, "data/kpis.csv"));
        the_calendar_is_read_back(workspace, &file(&site, "calendar.ics"));
        let json: serde_json::Value = serde_json::from_str(&file(&site, "data/partners.json")).unwrap();
        prop_assert_eq!(json["partners"][0]["name"].as_str(), Some(workspace.partners[0].name()));
    }
}
