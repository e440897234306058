//! The small values that all pages share: links, badges, days, lists of pages.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::content::scalar::human_date;
use crate::model::values::Done;
use crate::text::path;

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
    /// The word that templates and style sheets use.
    pub fn word(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Quiet => "quiet",
        }
    }

    /// The tone of a word.
    pub fn from_word(word: &str) -> Option<Tone> {
        [Tone::Good, Tone::Warn, Tone::Bad, Tone::Info, Tone::Quiet].into_iter().find(|tone| tone.word() == word)
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address<'a> {
    /// A page of the site: its path from the top, not yet encoded.
    Route(&'a str),
    /// A place in the site, relative to the top and encoded.
    Inside(Cow<'a, str>),
    /// An address with a scheme.
    Outside(Cow<'a, str>),
}

impl Address<'_> {
    /// As templates receive it: relative to the top of the site, encoded.
    fn href(&self) -> Cow<'_, str> {
        match self {
            Address::Route(route) => Cow::Owned(path::encode(route)),
            Address::Inside(href) | Address::Outside(href) => Cow::Borrowed(href),
        }
    }
}

/// Something to show. Templates receive it as `{text, href, tone, time, note}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Nothing; a quiet word stands in for it.
    Nothing,
    /// Text.
    Text(Cow<'a, str>),
    /// A link, as a badge where it has a tone.
    Link(Cow<'a, str>, Address<'a>, Option<Tone>),
    /// A badge.
    Badge(Cow<'a, str>, Tone),
    /// A day.
    Time(Date),
    /// Several, with commas between.
    List(Vec<Shown<'a>>),
    /// Something with a remark behind it.
    Noted(Box<Shown<'a>>, Cow<'a, str>),
}

impl<'a> Shown<'a> {
    /// True where there is nothing to show.
    pub fn is_nothing(&self) -> bool {
        match self {
            Shown::Nothing => true,
            Shown::Text(text) => text.is_empty(),
            Shown::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// The same with a remark behind it.
    #[must_use]
    pub fn noted(self, note: impl Into<Cow<'a, str>>) -> Shown<'a> {
        Shown::Noted(Box::new(self), note.into())
    }

    /// What a template was given, to be shown.
    pub fn read(value: &'a Value) -> Shown<'a> {
        let map = match value {
            Value::Null => return Shown::Nothing,
            Value::String(text) => return Shown::Text(Cow::Borrowed(text)),
            Value::Array(items) => return Shown::List(items.iter().map(Shown::read).collect()),
            Value::Object(map) => map,
            other => return Shown::Text(Cow::Owned(other.to_string())),
        };
        let field = |key: &str| map.get(key).and_then(Value::as_str);
        let words = Cow::Borrowed(field("text").unwrap_or_default());
        let tone = field("tone").and_then(Tone::from_word);
        let shown = match (field("href"), tone, field("time").map(crate::content::scalar::date)) {
            (Some(href), tone, _) if has_scheme(href) => Shown::Link(words, Address::Outside(Cow::Borrowed(href)), tone),
            (Some(href), tone, _) => Shown::Link(words, Address::Inside(Cow::Borrowed(href)), tone),
            (None, Some(tone), _) => Shown::Badge(words, tone),
            (None, None, Some(Ok(date))) => Shown::Time(date),
            (None, None, _) => Shown::Text(words),
        };
        match field("note") {
            Some(note) if !note.is_empty() => shown.noted(note),
            _ => shown,
        }
    }

    fn fields(&self) -> Map<String, Value> {
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| {
            map.insert(key.to_owned(), value);
        };
        match self {
            Shown::Link(text, address, tone) => {
                put("text", Value::from(text.as_ref()));
                put("href", Value::from(address.href()));
                if let Some(tone) = tone {
                    put("tone", Value::from(tone.word()));
                }
            }
            Shown::Badge(text, tone) => {
                put("text", Value::from(text.as_ref()));
                put("tone", Value::from(tone.word()));
            }
            Shown::Time(date) => {
                put("text", Value::from(human_date(*date)));
                put("time", Value::from(date.to_string()));
            }
            Shown::Noted(inner, note) => {
                map = inner.fields();
                map.insert("note".to_owned(), Value::from(note.as_ref()));
            }
            Shown::Text(text) => put("text", Value::from(text.as_ref())),
            Shown::Nothing | Shown::List(_) => put("text", Value::from("")),
        }
        map
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Shown::Nothing => serializer.serialize_none(),
            Shown::Text(text) => serializer.serialize_str(text),
            Shown::List(items) => serializer.collect_seq(items),
            other => other.fields().serialize(serializer),
        }
    }
}

impl<'a> From<&'a str> for Shown<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Shown::Nothing } else { Shown::Text(Cow::Borrowed(text)) }
    }
}

impl From<String> for Shown<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Shown::Nothing } else { Shown::Text(Cow::Owned(text)) }
    }
}

impl<'a, T: Into<Shown<'a>>> From<Option<T>> for Shown<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Shown::Nothing, Into::into)
    }
}

impl From<Date> for Shown<'_> {
    fn from(date: Date) -> Self {
        Shown::Time(date)
    }
}

impl<'a> From<&'a [String]> for Shown<'a> {
    fn from(texts: &'a [String]) -> Self {
        if texts.is_empty() { Shown::Nothing } else { Shown::List(texts.iter().map(|text| Shown::Text(Cow::Borrowed(text))).collect()) }
    }
}

fn has_scheme(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with("http://") || href.starts_with("mailto:")
}

/// A link to a page of the site; `route` is its path from the top, not yet encoded.
pub fn link<'a>(text: impl Into<Cow<'a, str>>, route: &'a str) -> Shown<'a> {
    Shown::Link(text.into(), Address::Route(route), None)
}

/// A link to another site.
pub fn external<'a>(text: impl Into<Cow<'a, str>>, address: impl Into<Cow<'a, str>>) -> Shown<'a> {
    Shown::Link(text.into(), Address::Outside(address.into()), None)
}

/// A badge.
pub fn badge<'a>(text: impl Into<Cow<'a, str>>, tone: Tone) -> Shown<'a> {
    Shown::Badge(text.into(), tone)
}

/// The state of something that has to be done: open, overdue, or done on a day.
pub fn state(done: Option<Done>, due: Option<Date>, as_of: Date) -> Shown<'static> {
    match done {
        Some(Done::On(date)) => badge("done", Tone::Good).noted(human_date(date)),
        Some(Done::Yes) => badge("done", Tone::Good),
        _ if due.is_some_and(|due| due < as_of) => badge("overdue", Tone::Bad),
        _ => badge("open", Tone::Quiet),
    }
}

/// Text as templates receive it: null where there is none.
pub fn text(text: Option<&str>) -> Value {
    text.filter(|text| !text.is_empty()).map_or(Value::Null, Value::from)
}

/// A date as templates receive it: ISO, or null.
pub fn date(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| Value::from(date.to_string()))
}

/// A link that writes an e-mail; `None` where the address is none.
pub fn email(address: Option<&str>) -> Option<&str> {
    address.filter(|address| address.contains('@') && !address.contains([' ', '?', '&', '"', ':']))
}

/// An entry of a list of pages. Templates receive it as `{text, href, note, time, tone}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its words.
    pub text: Cow<'a, str>,
    /// Where it leads.
    pub address: Address<'a>,
    /// A remark.
    pub note: Option<Cow<'a, str>>,
    /// A day.
    pub time: Option<Date>,
    /// How it looks.
    pub tone: Option<Tone>,
}

impl<'a> Entry<'a> {
    /// An entry for a page.
    pub fn new(text: impl Into<Cow<'a, str>>, route: &'a str) -> Entry<'a> {
        Entry { text: text.into(), address: Address::Route(route), note: None, time: None, tone: None }
    }

    /// The same with a remark.
    #[must_use]
    pub fn note(self, note: Option<impl Into<Cow<'a, str>>>) -> Entry<'a> {
        Entry { note: note.map(Into::into), ..self }
    }

    /// The same with a day.
    #[must_use]
    pub fn time(self, time: Option<Date>) -> Entry<'a> {
        Entry { time, ..self }
    }

    /// The same with a tone.
    #[must_use]
    pub fn tone(self, tone: Option<Tone>) -> Entry<'a> {
        Entry { tone, ..self }
    }

    /// What a template was given, to be shown.
    pub fn read(value: &'a Value) -> Entry<'a> {
        let field = |key: &str| value.get(key).and_then(Value::as_str);
        let href = Cow::Borrowed(field("href").unwrap_or_default());
        Entry {
            text: Cow::Borrowed(field("text").unwrap_or_default()),
            address: if has_scheme(&href) { Address::Outside(href) } else { Address::Inside(href) },
            note: field("note").filter(|note| !note.is_empty()).map(Cow::Borrowed),
            time: field("time").and_then(|time| crate::content::scalar::date(time).ok()),
            tone: field("tone").and_then(Tone::from_word),
        }
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({
            "text": self.text,
            "href": self.address.href(),
            "note": self.note,
            "time": date(self.time),
            "tone": self.tone.map(Tone::word),
        })
        .serialize(serializer)
    }
}

/// Parts of a whole: `share` of each is its percentage of the largest, with one decimal.
pub fn share(count: usize, largest: usize) -> String {
    if largest == 0 {
        return "0".to_owned();
    }
    let tenths = (count * 1000 + largest / 2) / largest;
    format!("{}.{}", tenths / 10, tenths % 10)
}
