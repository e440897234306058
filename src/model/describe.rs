//! What the values look like that are read by hand: the other half of each `Read` that no macro wrote.

use rust_decimal::Decimal;

use super::kpi::{Actual, Direction, RangeDirection, Series, Target};
use super::values::{Done, Due, Level, LongMoney, Money};
use crate::content::schema::form::{PERIOD, any_spelling};
use crate::content::schema::types::{DATE, NUMBER, NUMBER_ADVICE, whole};
use crate::content::schema::{Definitions, Describe, How, Schema, Type};

impl Describe for Money {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let forms = vec![Decimal::schema(all, how), LongMoney::schema(all, how)];
        all.define("money", "Money", |_| {
            Schema::any_of(forms).about("An amount in the workspace's currency, or {amount: 900000, currency: EUR}.")
        })
    }
    fn single(all: &mut Definitions<'_>, how: How) -> Schema {
        Decimal::schema(all, how)
    }
}

impl Describe for Done {
    fn schema(all: &mut Definitions<'_>, _: How) -> Schema {
        all.define("done", "Done", |_| {
            let pattern = format!("{}|{}", whole(DATE), any_spelling(["true", "false", "yes", "no"], false));
            Schema::of(&[Type::String, Type::Boolean, Type::Null]).matching(pattern, "Write the day on which it was done, or yes or no.")
        })
    }
}

impl Describe for Due {
    fn schema(all: &mut Definitions<'_>, _: How) -> Schema {
        // Up to 65535, the most that is read.
        const AFTER: &str = "0*([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
        all.define("due", "Due", |_| {
            Schema::text(whole(&format!(r"{DATE}|\+?{AFTER}\s*[dwmy]")), "Write a day, or a time after the launch: 30d, 2w, 6m, 1y.")
        })
    }
}

impl Describe for Level {
    fn schema(all: &mut Definitions<'_>, _: How) -> Schema {
        all.define("level", "Level", |_| {
            let words = Schema::words([("L", "Low"), ("M", "Medium"), ("H", "High")]);
            let spelled = any_spelling(["l", "m", "h", "low", "medium", "high"], false);
            Schema::any_of(vec![words, Schema::text(spelled, "Write L, M or H.")])
        })
    }
}

impl Describe for Direction {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let range = RangeDirection::schema(all, how);
        all.define("direction", "Direction", |_| {
            let words = Schema::words([("higher", "More is better"), ("lower", "Less is better")]);
            let spelled = Schema::text(any_spelling(["higher", "lower"], false), "Write higher, lower, or {range: [lo, hi]}.");
            Schema::any_of(vec![words, spelled, range])
        })
    }
}

impl Describe for Series<Actual> {
    fn schema(all: &mut Definitions<'_>, _: How) -> Schema {
        let number = format!(r"{}|^\s*([Nn]/?[Aa]|[Nn][Uu][Ll][Ll]|~)?\s*$", whole(NUMBER));
        let actual = all.define("actual", "Actual", |_| {
            Schema::of(&[Type::Number, Type::String, Type::Null])
                .matching(number, "Write a number, nothing where it is not known yet, or n/a where it does not apply.")
        });
        all.define("actuals", "Actuals", |_| Schema::mapping(PERIOD, actual))
    }
}

impl Describe for Target {
    fn schema(all: &mut Definitions<'_>, how: How) -> Schema {
        let number = Decimal::schema(all, how);
        all.define("target", "Target", |_| {
            let always = Schema::of(&[Type::Number, Type::String, Type::Null]).matching(whole(NUMBER), NUMBER_ADVICE);
            always.or_mapping(PERIOD, number)
        })
    }
}
