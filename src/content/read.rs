//! From YAML nodes to typed values. Reading never fails: what cannot be read becomes a finding and is left out.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::yaml::{Key, Node, Value};
use super::{meant, placeholder, scalar};
use crate::diagnostics::{Finding, Fix, Place, Rule, input};
use crate::text::{Span, suggest};

/// Reads one file's values and collects what is wrong with them.
pub struct Reader<'n> {
    pub(crate) path: Arc<str>,
    pub(super) text: &'n str,
    /// The keys that lead to the value being read, for messages.
    trail: Vec<&'n str>,
    /// Everything found so far.
    pub findings: Vec<Finding>,
}

/// A type that can be read from a node.
pub trait Read: Sized {
    /// The value, or `None` with a finding (or without one, for null).
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self>;
}

/// A field of a record: what a missing key leaves at its default.
pub trait Field: Default {
    /// The field's value; its default where nothing can be read.
    fn field<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Self;
    /// True when there is nothing in it.
    fn is_blank(&self) -> bool;
}

/// A mapping with known keys.
pub trait Record: Default {
    /// The known keys.
    const KEYS: &'static [&'static str];
    /// Sets the field of this key; false when there is none.
    fn set<'n>(&mut self, key: &str, node: &'n Node<'n>, r: &mut Reader<'n>) -> bool;
    /// Takes one of the team's own `x-*` keys.
    fn extra(&mut self, _key: &str, _node: &Node<'_>) {}
    /// The key whose value alone may stand for the whole record, as in `goals: [Two launches]`.
    const SHORT: Option<&'static str> = None;
}

impl<'n> Reader<'n> {
    /// A reader for the file at `path` with this text.
    pub fn new(path: &Arc<str>, text: &'n str) -> Self {
        Reader { path: path.clone(), text, trail: Vec::new(), findings: Vec::new() }
    }

    /// The keys that lead here, such as `kpis.revenue.target`.
    pub fn trail(&self) -> String {
        self.trail.join(".")
    }

    /// Adds a finding at `span`.
    pub fn report(&mut self, rule: &'static Rule, span: &Span, message: impl Into<String>, help: Option<String>) {
        self.report_with(rule, span, message, help, None);
    }

    /// The same with what puts it right, where that is certain.
    pub fn report_with(&mut self, rule: &'static Rule, span: &Span, message: impl Into<String>, help: Option<String>, fix: Option<Fix>) {
        self.findings.push(Finding::new(rule, &self.path, Place::Span(span.clone()), message).maybe_help(help).maybe_fix(fix));
    }

    /// Reports a value of the wrong type. `form` is what may be written under its key.
    pub fn wrong_type(&mut self, node: &Node<'_>, wanted: &str, form: &str) {
        let what = if self.trail.is_empty() { "this file".to_owned() } else { format!("`{}`", self.trail()) };
        let message = format!("{what} takes {wanted}, not {}", node.kind());
        let help = match self.trail.last() {
            Some(key) => format!("write `{key}: {form}`"),
            None => format!("write a line for each, `{}`", form.trim_matches(['{', '}'])),
        };
        self.report(&input::WRONG_TYPE, &head(node), message, Some(help));
    }

    /// Reports a value that its key does not take.
    pub fn bad_value(&mut self, span: &Span, message: String, help: impl Into<Option<String>>) {
        self.report(&input::BAD_VALUE, span, message, help.into());
    }

    /// The text of a scalar; anything else is a finding.
    pub fn scalar(&mut self, node: &'n Node<'n>, wanted: &str) -> Option<&'n str> {
        match &node.value {
            Value::Scalar { text, .. } => Some(text.as_ref()),
            Value::Null => None,
            _ => {
                self.wrong_type(node, wanted, if wanted == "text" { "\"…\"" } else { "…" });
                None
            }
        }
    }

    /// Reads a record from a mapping.
    pub fn record<T: Record>(&mut self, node: &'n Node<'n>) -> Option<T> {
        match &node.value {
            Value::Map(entries) => {
                let mut out = T::default();
                let mut comma = false;
                for (key, value) in entries {
                    self.trail.push(&key.text);
                    if !out.set(&key.text, value, self) {
                        if let Some(own) = key.text.strip_prefix("x-") {
                            out.extra(own, value);
                        } else if self.comma_in_number(key, value) {
                            // Said; the number before it is wrong.
                        } else if self.is_bare(key, value) {
                            // Said once for each mapping.
                            if !std::mem::replace(&mut comma, true) {
                                let message = format!("`{}` is read as a key, because a comma ends the value before it", short(&key.text));
                                self.report(&input::UNKNOWN_KEY, &key.span, message, Some("put the whole text in quotes".to_owned()));
                            }
                        } else {
                            self.unknown_key(key, entries, T::KEYS);
                        }
                    }
                    self.trail.pop();
                }
                Some(out)
            }
            Value::Null => None,
            Value::Scalar { .. } if T::SHORT.is_some() => {
                let mut out = T::default();
                out.set(T::SHORT.unwrap_or_default(), node, self);
                Some(out)
            }
            _ => {
                let first = T::KEYS.first().copied().unwrap_or_default();
                self.wrong_type(node, &format!("a mapping with keys such as `{first}`"), &format!("{{{first}: …}}"));
                None
            }
        }
    }

    /// True for a key without a colon: in `{note: Stable, widely used}` the comma ends the value, and the rest is a key to YAML.
    fn is_bare(&self, key: &Key<'_>, value: &Node<'_>) -> bool {
        let after = self.text.get(key.span.end..).unwrap_or_default().trim_start();
        value.value == Value::Null && (after.starts_with(',') || after.starts_with('}'))
    }

    /// Reports a key that is the rest of a number: `{ours: 120,000}` is 120 and a key `000` to YAML.
    pub fn comma_in_number(&mut self, key: &Key<'_>, value: &Node<'_>) -> bool {
        let rest = self.is_bare(key, value) && key.text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if rest {
            let message = format!("a comma ends a value here, so `{}` is not part of the number before it", key.text);
            let help = "write numbers without thousands separators, and with a `.` before decimals".to_owned();
            self.bad_value(&key.span, message, help);
        }
        rest
    }

    fn unknown_key(&mut self, unknown: &Key<'_>, entries: &[(Key<'_>, Node<'_>)], known: &[&str]) {
        let key = unknown.text.as_ref();
        let others = entries.iter().map(|(other, _)| other).filter(|other| other.span != unknown.span);
        let meant = suggest::certain_among(key, others.map(|other| other.text.as_ref()), known);
        let fix = self.fix(&unknown.span, key, meant);
        let help = suggest::nearest(key, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        let help = help.unwrap_or_else(|| format!("remove it, or name it `x-{key}` if it is your team's own"));
        let message = match self.trail.split_last() {
            Some((_, parents)) if !parents.is_empty() => {
                format!("unknown key `{key}` in `{}`", parents.join("."))
            }
            _ => format!("unknown key `{key}`"),
        };
        self.report_with(&input::UNKNOWN_KEY, &unknown.span, message, Some(help), fix);
    }

    /// Reads under a key name, so that messages name it.
    pub fn under<T>(&mut self, key: &'n str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.trail.push(key);
        let out = read(self);
        self.trail.pop();
        out
    }
}

/// What to underline for a whole node: a block collection is long, its first entry is enough.
fn head(node: &Node<'_>) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span.clone(), |(key, _)| node.span.start..key.span.end),
        Value::List(items) => items.first().map_or(node.span.clone(), |item| node.span.start..head(item).end),
        _ => node.span.clone(),
    }
}

impl Read for String {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        // `owner: [Name]` is a list to YAML and a forgotten blank to people.
        if let Value::List(items) = &node.value
            && let [item] = items.as_slice()
            && item.text().is_some_and(|text| !placeholder::find(&format!("[{text}]")).is_empty())
        {
            let message = format!("`{}` still holds a placeholder", r.trail());
            r.report(&input::PLACEHOLDER, &node.span, message, Some("fill it in, or remove the key".to_owned()));
            return None;
        }
        let text = r.scalar(node, "text")?;
        if !placeholder::find(text).is_empty() {
            let message = format!("`{}` still holds a placeholder", r.trail());
            r.report(&input::PLACEHOLDER, &node.span, message, Some("fill it in, or remove the key".to_owned()));
        }
        Some(text.trim().to_owned())
    }
}

impl Read for bool {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "true or false")?;
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => {
                let message = format!("`{}` takes true or false, not `{text}`", r.trail());
                let meant = suggest::certain(text, ["true", "false"]);
                let help = meant.is_none().then(|| "write `true` or `false`".to_owned());
                r.misread(&input::WRONG_TYPE, node, message, help, meant);
                None
            }
        }
    }
}

impl Read for Decimal {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a number")?;
        match scalar::decimal(text) {
            Ok(number) => Some(number),
            Err(help) => {
                let message = format!("`{}` takes a number, not `{}`", r.trail(), short(text));
                let rule = if text.bytes().any(|b| b.is_ascii_digit()) { &input::BAD_VALUE } else { &input::WRONG_TYPE };
                r.misread(rule, node, message, Some(help), meant::decimal(text).as_deref());
                None
            }
        }
    }
}

impl Read for u32 {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a whole number")?;
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            let message = format!("`{}` takes a whole number from 0, not `{}`", r.trail(), short(text));
            r.report(&input::WRONG_TYPE, &node.span, message, Some("write a whole number, such as `30`".to_owned()));
        }
        parsed
    }
}

impl Read for Date {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        let text = r.scalar(node, "a date")?;
        match scalar::date(text) {
            Ok(date) => Some(date),
            Err(help) => {
                let message = format!("`{}` takes a date, not `{}`", r.trail(), short(text));
                r.misread(&input::BAD_VALUE, node, message, Some(help), meant::date(text).map(|date| date.to_string()).as_deref());
                None
            }
        }
    }
}

/// Text cut to a length that fits into a message.
pub fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 40 { line.chars().take(39).chain(['…']).collect() } else { line.to_owned() }
}

impl<T: Read> Field for Option<T> {
    fn field<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Self {
        match node.value {
            Value::Null => None,
            _ => T::read(node, r),
        }
    }
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T: Read> Field for Vec<T> {
    /// A list; a single value stands for a list of one.
    fn field<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Self {
        match &node.value {
            Value::Null => Vec::new(),
            Value::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                list.extend(items.iter().filter(|item| item.value != Value::Null).filter_map(|item| T::read(item, r)));
                list
            }
            _ => T::read(node, r).into_iter().collect(),
        }
    }
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        Some(Field::field(node, r))
    }
}

/// A mapping with free keys, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dict<T>(pub Vec<(String, T)>);

impl<T> Default for Dict<T> {
    fn default() -> Self {
        Dict(Vec::new())
    }
}

impl<T> Dict<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }
    /// Keys and values in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
    /// The keys in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
    /// True when there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: serde::Serialize> serde::Serialize for Dict<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<T: Read> Field for Dict<T> {
    fn field<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Self {
        Read::read(node, r).unwrap_or_default()
    }
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Read> Read for Dict<T> {
    fn read<'n>(node: &'n Node<'n>, r: &mut Reader<'n>) -> Option<Self> {
        match &node.value {
            Value::Null => None,
            Value::Map(entries) => {
                let mut out = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    if r.comma_in_number(key, value) {
                        continue;
                    }
                    if let Some(value) = r.under(&key.text, |r| T::read(value, r)) {
                        out.push((key.text.trim().to_owned(), value));
                    }
                }
                Some(Dict(out))
            }
            _ => {
                r.wrong_type(node, "a mapping of `name: value`", "{name: value}");
                None
            }
        }
    }
}

/// One of the team's own values, as JSON.
impl Read for serde_json::Value {
    fn read<'n>(node: &'n Node<'n>, _: &mut Reader<'n>) -> Option<Self> {
        Some(node.to_json())
    }
}

/// Advice for a word outside its vocabulary: the nearest one, and the whole list where it is short.
pub fn one_of<S: AsRef<str>>(word: &str, words: &[S]) -> String {
    let near = suggest::nearest(word, words.iter().map(AsRef::as_ref));
    let list = || words.iter().map(|word| format!("`{}`", word.as_ref())).collect::<Vec<_>>().join(", ");
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if words.is_empty() => "this workspace defines none".to_owned(),
        None if words.len() <= 24 => format!("write one of {}", list()),
        None => format!("there are {} to choose from", words.len()),
    }
}
