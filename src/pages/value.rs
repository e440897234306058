//! The small values that all templates share: links, badges, dates, sections.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::model::values::Done;
use crate::text::path;

/// A JSON object from values that are moved into it; `json!` would copy each of them.
#[macro_export]
macro_rules! object {
    ({ $($key:literal : $value:expr),* $(,)? }) => {{
        let mut map = serde_json::Map::new();
        $(map.insert($key.to_owned(), serde_json::Value::from($value));)*
        serde_json::Value::Object(map)
    }};
}

/// How a badge looks; its words always say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Look at it.
    Warn,
    /// Act.
    Bad,
    /// Worth knowing.
    Info,
    /// In the background.
    Quiet,
}

impl Tone {
    fn word(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Quiet => "quiet",
        }
    }
}

/// Text, or null where there is none.
pub fn text(text: Option<&str>) -> Value {
    text.filter(|text| !text.is_empty()).map_or(Value::Null, Value::from)
}

/// A date, or null.
pub fn date(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| Value::from(date.to_string()))
}

/// A date as a value of its own, shown as people read it.
pub fn time(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| json!({"text": crate::content::scalar::human_date(date), "time": date.to_string()}))
}

/// A link to a page of the site; `route` is its path from the top, not yet encoded.
pub fn link(text: &str, route: &str) -> Value {
    json!({"text": text, "href": path::encode(route)})
}

/// A link to another site.
pub fn external(text: &str, address: &str) -> Value {
    json!({"text": text, "href": address})
}

/// A badge.
pub fn badge(text: &str, tone: Tone) -> Value {
    json!({"text": text, "tone": tone.word()})
}

/// The state of something that has to be done: open, overdue, or done on a day.
pub fn state(done: Option<Done>, due: Option<Date>, as_of: Date) -> Value {
    match done {
        Some(Done::On(date)) => json!({"text": "done", "tone": "good", "note": crate::content::scalar::human_date(date)}),
        Some(Done::Yes) => badge("done", Tone::Good),
        _ if due.is_some_and(|due| due < as_of) => badge("overdue", Tone::Bad),
        _ => badge("open", Tone::Quiet),
    }
}

/// A link that writes an e-mail; `None` where the address is none.
pub fn email(address: Option<&str>) -> Option<&str> {
    address.filter(|address| address.contains('@') && !address.contains([' ', '?', '&', '"', ':']))
}

/// An entry of a list of pages.
pub fn entry(text: &str, route: &str, note: Option<String>, time: Option<Date>, tone: Option<Tone>) -> Value {
    json!({
        "text": text,
        "href": path::encode(route),
        "note": note,
        "time": date(time),
        "tone": tone.map(Tone::word),
    })
}

/// A label and its value; `None` where there is no value.
pub fn fact(label: &str, value: Value) -> Option<Value> {
    (!value.is_null()).then(|| json!({"label": label, "value": value}))
}

/// Builds a section block by block.
#[derive(Debug, Default)]
pub struct Section {
    blocks: Vec<Value>,
}

/// One block: the key that it is, the others null.
fn block(key: &str, content: Value) -> Value {
    let mut map = Map::new();
    for known in ["facts", "table", "checks"] {
        map.insert(known.to_owned(), Value::Null);
    }
    map.insert(key.to_owned(), content);
    Value::Object(map)
}

impl Section {
    /// Adds facts; nothing where there is none.
    pub fn facts(&mut self, facts: impl IntoIterator<Item = Option<Value>>) {
        let facts: Vec<Value> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            self.blocks.push(block("facts", Value::Array(facts)));
        }
    }

    /// Adds a table; columns in which nothing stands are left out. `columns` are titles, and whether they hold numbers.
    pub fn table(&mut self, columns: &[(&str, bool)], rows: Vec<Vec<Value>>) {
        let kept: Vec<usize> =
            (0..columns.len()).filter(|at| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_null()))).collect();
        if kept.is_empty() {
            return;
        }
        let rows: Vec<Value> =
            rows.into_iter().map(|row| kept.iter().map(|at| row.get(*at).cloned().unwrap_or(Value::Null)).collect()).collect();
        let titles: Vec<&str> = kept.iter().map(|at| columns[*at].0).collect();
        let numeric: Vec<bool> = kept.iter().map(|at| columns[*at].1).collect();
        self.blocks.push(block("table", object!({"columns": titles, "rows": rows, "numeric": numeric})));
    }

    /// Adds a checklist: text, done, remark.
    pub fn checks(&mut self, checks: Vec<(String, bool, Option<String>)>) {
        if !checks.is_empty() {
            let checks: Vec<Value> =
                checks.into_iter().map(|(text, done, note)| json!({"text": text, "done": done, "note": note})).collect();
            self.blocks.push(block("checks", Value::Array(checks)));
        }
    }

    /// The finished section; `None` where it is empty.
    pub fn finish(self, id: &str, title: &str) -> Option<Value> {
        (!self.blocks.is_empty()).then(move || object!({"id": format!("s-{id}"), "title": title, "blocks": self.blocks}))
    }
}

/// Parts of a whole: `share` of each is its percentage of the largest, with one decimal.
pub fn share(count: usize, largest: usize) -> Value {
    if largest == 0 {
        return Value::from("0");
    }
    let tenths = (count * 1000 + largest / 2) / largest;
    Value::from(format!("{}.{}", tenths / 10, tenths % 10))
}
