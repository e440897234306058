//! What the types look like that records are made of.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::form::any_spelling;
use super::{Definitions, Describe, Form, How, Schema, Type};
use crate::content::read::Dict;

/// Every day of the calendar, leap years included.
pub const DATE: &str = "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|\
    ([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";
/// A number in quotes; YAML knows all others.
pub const NUMBER: &str = r"\+?[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?";
/// How numbers are written.
pub const NUMBER_ADVICE: &str = "Write a number: digits only, with a . before decimals and no thousands separators.";
/// How dates are written.
pub const DATE_ADVICE: &str = "Write a day of the calendar as year-month-day, such as 2026-11-20.";

/// A pattern for a whole text; blanks around it do not count.
pub fn whole(pattern: &str) -> String {
    format!(r"^\s*({pattern})\s*$")
}

impl Describe for String {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        how.form.text(all)
    }
}

impl Describe for bool {
    fn schema(all: &mut Definitions<'_>, _: How) -> Schema {
        all.define("yes-no", "bool", |_| {
            Schema::of(&[Type::Boolean, Type::String, Type::Null])
                .matching(any_spelling(["true", "false", "yes", "no", "on", "off"], false), "Write true or false.")
        })
    }
}

impl Describe for Decimal {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let number = Schema::of(&[Type::Number, Type::String, Type::Null]);
        if how.form == Form::Positive {
            let pattern = whole(r"\+?[0-9.]*[1-9][0-9.]*([eE][-+]?[0-9]+)?");
            return all.define("positive-number", "form", |_| number.positive().matching(pattern, "Write a number greater than 0."));
        }
        all.define("number", "Decimal", |_| number.matching(whole(NUMBER), NUMBER_ADVICE))
    }
}

impl Describe for u32 {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let number = Schema::of(&[Type::Integer, Type::String, Type::Null]);
        if how.form == Form::Month {
            let pattern = whole(r"\+?0*([1-9]|1[0-2])");
            return all.define("month", "form", |_| number.within(1, 12).matching(pattern, "Write 1 for January to 12 for December."));
        }
        all.define("whole-number", "u32", |_| number.within(0, u32::MAX).matching(whole(r"\+?[0-9]+"), "Write a whole number from 0."))
    }
}

impl Describe for Date {
    fn schema(all: &mut Definitions<'_>, _: How) -> Schema {
        all.define("date", "Date", |_| Schema::text(whole(DATE), DATE_ADVICE))
    }
}

impl<T: Describe> Describe for Option<T> {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        T::schema(all, how)
    }
    fn single(all: &mut Definitions<'_>, how: How) -> Schema {
        T::single(all, how)
    }
}

impl<T: Describe> Describe for Vec<T> {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let one = T::schema(all, how);
        if how.form == Form::Pair {
            return all.define("pair", "form", |_| Schema::list_of(one, Some(2)));
        }
        let name = one.reference.as_deref().and_then(|path| path.rsplit('/').next()).map(|name| format!("{name}-list"));
        let list = Schema::any_of(vec![Schema::list_of(one.clone(), None), one]);
        match name {
            Some(name) => all.define(&name, "list", |_| list),
            None => list,
        }
    }
}

impl<T: Describe> Describe for Dict<T> {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let (own, inner) = how.keys.split_first().map_or((Form::Any, how.keys), |(own, inner)| (*own, inner));
        let each = T::schema(all, How { form: how.form, keys: inner });
        all.dict(each, own)
    }
}
