//! The macros that declare what people write: `record!` and `vocabulary!`. From one declaration come the type, how it is read, the
//! list of known keys or words, what data files have of it, and what editors are told.

/// A record: a struct whose fields are the keys of a mapping. The doc comment of a field is its description.
///
/// `short "text"` names the key whose value alone may stand for the record, `needs "name"` one that must be there, `extra x`
/// collects the team's own keys. `kind as "type"` is a key that Rust cannot name. `kpis by Kpi` and `owner: … = Person` tell
/// editors the [`Form`](crate::content::schema::Form) of the keys and of the values.
#[macro_export]
macro_rules! record {
    ($(#[$($meta:tt)*])* pub struct $name:ident $(short $short:literal)? $(needs $needs:literal)? $(extra $extra:ident)? {
        $($(#[$($fmeta:tt)*])* $field:ident $(as $key:literal)? $(by $($keys:ident)+)? : $ty:ty $(= $form:ident)?,)*
    }) => {
        $(#[$($meta)*])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
        pub struct $name {
            $($(#[$($fmeta)*])* #[serde(skip_serializing_if = "crate::content::read::Field::is_blank" $(, rename = $key)?)] pub $field: $ty,)*
            $(
                /// The team's own `x-*` keys, without the `x-`.
                #[serde(rename = "x", skip_serializing_if = "serde_json::Map::is_empty")]
                pub $extra: serde_json::Map<String, serde_json::Value>,
            )?
        }
        impl $crate::content::read::Record for $name {
            const KEYS: &'static [&'static str] = &[$($crate::record!(@key $field $(as $key)?)),*];
            $(const SHORT: Option<&'static str> = Some($short);)?
            fn set<'n>(&mut self, key: &str, node: &'n $crate::content::yaml::Node<'n>, r: &mut $crate::content::read::Reader<'n>) -> bool {
                match key {
                    $($crate::record!(@key $field $(as $key)?) => self.$field = $crate::content::read::Field::field(node, r),)*
                    _ => return false,
                }
                true
            }
            $(fn extra(&mut self, key: &str, node: &$crate::content::yaml::Node<'_>) {
                self.$extra.insert(key.to_owned(), node.to_json());
            })?
        }
        impl $crate::content::read::Read for $name {
            fn read<'n>(node: &'n $crate::content::yaml::Node<'n>, r: &mut $crate::content::read::Reader<'n>) -> Option<Self> {
                r.record(node)
            }
        }
        impl $crate::content::schema::Describe for $name {
            fn schema(all: &mut $crate::content::schema::Definitions<'_>, _: $crate::content::schema::How) -> $crate::content::schema::Schema {
                use $crate::content::schema::{Describe, Form, How, Key, Record};
                const KEYS: &[Key] = &[$(Key {
                    name: $crate::record!(@key $field $(as $key)?),
                    about: $crate::record!(@doc $(#[$($fmeta)*])*),
                    how: How { form: $crate::record!(@form $($form)?), keys: &[$($(Form::$keys),+)?] },
                    schema: <$ty as Describe>::schema,
                    single: <$ty as Describe>::single,
                }),*];
                let record = Record {
                    name: stringify!($name),
                    about: $crate::record!(@doc $(#[$($meta)*])*),
                    short: <$name as $crate::content::read::Record>::SHORT,
                    needs: $crate::record!(@some $($needs)?),
                    keys: KEYS,
                };
                all.record(&record, std::any::type_name::<$name>())
            }
        }
    };
    (@key $field:ident as $key:literal) => { $key };
    (@key $field:ident) => { stringify!($field) };
    (@some) => { None };
    (@some $value:literal) => { Some($value) };
    (@form) => { Form::Any };
    (@form $form:ident) => { Form::$form };
    // Of all attributes, the doc comments.
    (@doc $(#[$($meta:tt)*])*) => { concat!($($crate::record!(@line $($meta)*)),*) };
    (@line doc = $doc:literal) => { $doc };
    (@line $($other:tt)*) => { "" };
}

/// A closed vocabulary: an enum with the word that people write for each variant. Case, spaces and underscores are forgiven.
#[macro_export]
macro_rules! vocabulary {
    ($(#[$($meta:tt)*])* pub enum $name:ident { $($(#[$($vmeta:tt)*])* $variant:ident = $word:literal,)* }) => {
        $(#[$($meta)*])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$($vmeta)*])* $variant,)* }
        impl $name {
            /// All words, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];
            /// What each word means, in the same order.
            pub const ABOUT: &'static [&'static str] = &[$($crate::record!(@doc $(#[$($vmeta)*])*)),*];
            /// The word that people write.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
        impl $crate::content::read::Read for $name {
            fn read<'n>(node: &'n $crate::content::yaml::Node<'n>, r: &mut $crate::content::read::Reader<'n>) -> Option<Self> {
                let text = r.scalar(node, "a word")?;
                let word = text.trim().to_lowercase().replace([' ', '_'], "-");
                let value = Self::from_word(&word);
                if value.is_none() {
                    let message = format!("`{}` is not a value of `{}`", $crate::content::read::short(text), r.trail());
                    r.bad_word(node, message, $crate::content::read::one_of(text, Self::WORDS), Self::WORDS);
                }
                value
            }
        }
        impl $crate::content::schema::Describe for $name {
            fn schema(all: &mut $crate::content::schema::Definitions<'_>, _: $crate::content::schema::How) -> $crate::content::schema::Schema {
                let about = $crate::record!(@doc $(#[$($meta)*])*);
                all.vocabulary((stringify!($name), std::any::type_name::<$name>()), about, Self::WORDS, Self::ABOUT)
            }
        }
    };
}
