//! What is read, as a JSON Schema for editors: every type that can be read says what it looks like, the macros `record!` and
//! `vocabulary!` say it for what they declare, and the types of a record are found by themselves.
//!
//! The dialect is draft-07, which every editor understands. Definitions are shared; nothing is written twice.

pub mod form;
pub mod types;

use serde::Serialize;

use super::read::Dict;
pub use form::{Form, Word, Words};

/// The dialect.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// A type that says what it looks like in a file. Beside each `Read` there is one.
pub trait Describe {
    /// Its schema. What is worth a name becomes a definition, and the schema leads to it.
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema;
    /// The schema of a single value, which may stand for a whole record.
    fn single(all: &mut Definitions<'_>, how: How) -> Schema {
        Self::schema(all, how)
    }
}

/// What a key says of its value beyond the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct How {
    /// The form of the text or number.
    pub form: Form,
    /// The form of the keys, for mappings with free keys: of the outer one first.
    pub keys: &'static [Form],
}

/// A key of a record.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Its description, as a doc comment has it.
    pub about: &'static str,
    /// What it says of its value.
    pub how: How,
    /// The schema of its value.
    pub schema: fn(&mut Definitions<'_>, How) -> Schema,
    /// The schema of its value where it stands for the whole record.
    pub single: fn(&mut Definitions<'_>, How) -> Schema,
}

/// A record: a mapping with known keys.
#[derive(Debug)]
pub struct Record {
    /// The name of the type.
    pub name: &'static str,
    /// Its description, as a doc comment has it.
    pub about: &'static str,
    /// The key whose value alone may stand for the whole record.
    pub short: Option<&'static str>,
    /// The key that must be there.
    pub needs: Option<&'static str>,
    /// Its keys, in the order in which they are declared.
    pub keys: &'static [Key],
}

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// A mapping.
    Object,
    /// A list.
    Array,
    /// A text.
    String,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// Nothing.
    Null,
}

impl Type {
    /// What is read as text: YAML takes some texts for numbers, some for true.
    pub const TEXT: [Type; 4] = [Type::String, Type::Number, Type::Boolean, Type::Null];
}

/// A JSON Schema, as far as one is needed here. What is empty is not written.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(rename = "$comment", skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty", serialize_with = "one_or_many")]
    types: Vec<Type>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    // Understood by VS Code and all that is built on its YAML server; others pass over it.
    #[serde(rename = "enumDescriptions", skip_serializing_if = "Vec::is_empty")]
    abouts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(rename = "patternErrorMessage", skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusive_minimum: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_items: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_items: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'static str>,
    #[serde(skip_serializing_if = "Dict::is_empty")]
    properties: Dict<Schema>,
    #[serde(skip_serializing_if = "Dict::is_empty")]
    pattern_properties: Dict<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Rest>,
    #[serde(skip_serializing_if = "Dict::is_empty")]
    definitions: Dict<Schema>,
}

/// What all other keys of a mapping may be.
#[derive(Debug, Clone, PartialEq)]
enum Rest {
    /// There are none.
    Refused,
    /// Each is this.
    Each(Box<Schema>),
}

impl Serialize for Rest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Rest::Refused => serializer.serialize_bool(false),
            Rest::Each(schema) => schema.serialize(serializer),
        }
    }
}

fn one_or_many<S: serde::Serializer>(types: &[Type], serializer: S) -> Result<S::Ok, S::Error> {
    match types {
        [one] => one.serialize(serializer),
        many => many.serialize(serializer),
    }
}

impl Schema {
    /// A value of these types.
    pub fn of(types: &[Type]) -> Schema {
        Schema { types: types.to_vec(), ..Schema::default() }
    }

    /// A text of this form, or nothing; `advice` says how it is written.
    pub fn text(pattern: impl Into<String>, advice: &'static str) -> Schema {
        Schema::of(&[Type::String, Type::Null]).matching(pattern, advice)
    }

    /// Any of these.
    pub fn any_of(any_of: Vec<Schema>) -> Schema {
        Schema { any_of, ..Schema::default() }
    }

    /// One of these words, with what each of them means.
    pub fn words<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Schema {
        let (words, abouts): (Vec<String>, Vec<String>) =
            words.into_iter().map(|(word, about)| (word.to_owned(), sentence(about).trim_end_matches('.').to_owned())).unzip();
        let abouts = if abouts.iter().all(String::is_empty) { Vec::new() } else { abouts };
        Schema { words, abouts, ..Schema::default() }
    }

    /// A list with so many elements.
    pub fn list_of(items: Schema, count: Option<u32>) -> Schema {
        Schema { min_items: count, max_items: count, items: Some(Box::new(items)), ..Schema::of(&[Type::Array, Type::Null]) }
    }

    /// A mapping from keys that match to `each`; there are no others.
    pub fn mapping(pattern: &str, each: Schema) -> Schema {
        Schema::of(&[Type::Null]).or_mapping(pattern, each)
    }

    /// The same, or a mapping from keys that match to `each`.
    #[must_use]
    pub fn or_mapping(self, pattern: &str, each: Schema) -> Schema {
        Schema {
            types: [Type::Object].into_iter().chain(self.types).collect(),
            pattern_properties: Dict(vec![(pattern.to_owned(), each)]),
            additional_properties: Some(Rest::Refused),
            ..self
        }
    }

    /// The same, where texts must match.
    #[must_use]
    pub fn matching(self, pattern: impl Into<String>, advice: &'static str) -> Schema {
        Schema { pattern: Some(pattern.into()), advice: Some(advice), ..self }
    }

    /// The same, where numbers are not less and not more.
    #[must_use]
    pub fn within(self, minimum: u32, maximum: u32) -> Schema {
        Schema { minimum: Some(minimum), maximum: Some(maximum), ..self }
    }

    /// The same, where numbers are greater than 0.
    #[must_use]
    pub fn positive(self) -> Schema {
        Schema { exclusive_minimum: Some(0), ..self }
    }

    /// The same with a description.
    #[must_use]
    pub fn about(self, about: &str) -> Schema {
        Schema { description: Some(sentence(about)).filter(|about| !about.is_empty()), ..self }
    }

    /// The same, where it is any text: editors would suggest `true`, `false` and `null` for everything that may be a text.
    fn suggesting_nothing(self) -> Schema {
        if self.types != Type::TEXT {
            return self;
        }
        let other = Schema::of(&[Type::String, Type::Object, Type::Array]);
        let other = Schema { not: Some(Box::new(other)), ..Schema::default() };
        let description = self.description.clone();
        Schema {
            description: description.clone(),
            ..Schema::any_of(vec![Schema { types: vec![Type::String], description: None, ..self }, other])
        }
    }

    /// True for one whose values are told by their types, patterns and bounds alone, so that it can be part of another one.
    fn is_plain(&self) -> bool {
        self.any_of.is_empty() && self.words.is_empty() && self.reference.is_none() && !self.types.is_empty()
    }
}

/// A doc comment as a description: one line.
fn sentence(about: &str) -> String {
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The definitions of a schema, in the order in which they were first needed.
#[derive(Debug)]
pub struct Definitions<'w> {
    words: &'w Words,
    /// Name, what it is the definition of, and the definition; none while it is being made.
    all: Vec<(String, &'static str, Option<Schema>)>,
}

impl Definitions<'_> {
    /// The schema that leads to the definition of this name, which is made when it is first needed. `of` is the type that it
    /// describes: two types of one name have two definitions.
    pub fn define(&mut self, name: &str, of: &'static str, make: impl FnOnce(&mut Self) -> Schema) -> Schema {
        let known = self.all.iter().find(|(known, whose, _)| *whose == of && known.trim_end_matches('-') == name);
        let known = known.map(|(known, ..)| known.clone());
        let name = known.unwrap_or_else(|| {
            let mut free = name.to_owned();
            while self.all.iter().any(|(known, ..)| *known == free) {
                free.push('-');
            }
            let at = self.all.len();
            self.all.push((free.clone(), of, None));
            let made = make(self);
            self.all[at].2 = Some(made);
            free
        });
        Schema { reference: Some(format!("#/definitions/{name}")), ..Schema::default() }
    }

    /// The words that are known for a form.
    pub fn words(&self, form: Form) -> &[Word] {
        self.words.of(form)
    }

    /// The definition that a schema leads to; the schema itself where it leads nowhere.
    fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let name = schema.reference.as_deref().and_then(|path| path.strip_prefix("#/definitions/"));
        name.and_then(|name| self.all.iter().find(|(known, ..)| known == name)?.2.as_ref()).unwrap_or(schema)
    }

    /// The same schema, where nothing is not enough.
    fn filled(&self, schema: Schema) -> Schema {
        let meant = self.resolve(&schema);
        let types: Vec<Type> = [meant].into_iter().chain(&meant.any_of).flat_map(|meant| meant.types.iter().copied()).collect();
        if !types.contains(&Type::Null) {
            return schema;
        }
        let description = schema.description.clone();
        let types = types.into_iter().filter(|kind| *kind != Type::Null).collect();
        Schema { description, types, all_of: vec![Schema { description: None, ..schema }], ..Schema::default() }
    }

    /// The schema of a record.
    pub fn record(&mut self, record: &Record, of: &'static str) -> Schema {
        self.define(&kebab(record.name), of, |all| {
            let mut properties = Vec::with_capacity(record.keys.len());
            for key in record.keys {
                let schema = (key.schema)(all, key.how).about(key.about);
                let schema = if record.needs == Some(key.name) { all.filled(schema) } else { schema };
                properties.push((key.name.to_owned(), schema));
            }
            let own = Schema::default().about("Your own: a key that starts with `x-` is free.");
            let object = Schema {
                required: record.needs.into_iter().collect(),
                properties: Dict(properties),
                pattern_properties: Dict(vec![("^x-".to_owned(), own)]),
                additional_properties: Some(Rest::Refused),
                ..Schema::of(&[Type::Object, Type::Null]).about(record.about)
            };
            let Some(key) = record.keys.iter().find(|key| record.short == Some(key.name)) else {
                return object;
            };
            let single = (key.single)(all, key.how);
            let plain = all.resolve(&single);
            if !plain.is_plain() {
                // The words go first: an editor that finds neither tells of the first.
                let object = Schema { description: None, ..object };
                return Schema::any_of(vec![single, object]).about(record.about);
            }
            // One schema for both is easier for editors than two to choose from.
            let types = [Type::Object].into_iter().chain(plain.types.iter().copied()).collect();
            Schema { types, pattern: plain.pattern.clone(), advice: plain.advice, minimum: plain.minimum, maximum: plain.maximum, ..object }
        })
    }

    /// The schema of a closed vocabulary, with what each word means; `name` is that of the type, alone and with its module.
    pub fn vocabulary(&mut self, name: (&str, &'static str), about: &str, words: &[&str], abouts: &[&str]) -> Schema {
        self.define(&kebab(name.0), name.1, |_| {
            let spelled = Schema::text(form::any_spelling(words.iter().copied(), true), form::UNKNOWN);
            let words = Schema::words(words.iter().copied().zip(abouts.iter().copied()));
            Schema::any_of(vec![words, spelled]).about(about)
        })
    }

    /// The schema of a mapping with free keys, each of which leads to `each`.
    pub fn dict(&self, each: Schema, keys: Form) -> Schema {
        let object = Schema::of(&[Type::Object, Type::Null]);
        if let Some(pattern) = keys.key_pattern() {
            return Schema::mapping(pattern, each);
        }
        let properties = Dict(self.words(keys).iter().map(|word| (word.word.clone(), each.clone().about(&word.about))).collect());
        let rest = if keys.has_closed_keys() { Rest::Refused } else { Rest::Each(Box::new(each)) };
        Schema { properties, additional_properties: Some(rest), ..object }
    }
}

/// The schema of a file with this content. An empty file is one too, unless there is something that it must say.
pub fn of_file<T: Describe>(words: &Words, about: &str, comment: &str) -> Schema {
    let mut all = Definitions { words, all: Vec::new() };
    let start = T::schema(&mut all, How::default());
    let mut root = all.resolve(&start).clone();
    if !root.required.is_empty() {
        root.types.retain(|kind| *kind != Type::Null);
    }
    // The file itself is the root, and nothing leads to it.
    let own = start.reference.as_deref().and_then(|path| path.rsplit('/').next());
    let others = all.all.into_iter().filter(|(name, ..)| own != Some(name));
    let definitions = others.filter_map(|(name, _, schema)| Some((name, schema?.suggesting_nothing())));
    Schema { dialect: Some(DIALECT), comment: Some(comment.to_owned()), definitions: Dict(definitions.collect()), ..root }.about(about)
}

/// The name of a type as the name of its definition: `PlanStep` is `plan-step`.
fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
