//! What a sentence states of a KPI: `Revenue was 68,000 in the quarter`, `adoption reached 90 % of its target`.
//!
//! Only plain statements are understood: the sentence starts with the KPI, a verb in the past or present follows, then the number,
//! and then the sentence, or this part of it, is over. Lists of targets, comparisons, hopes and shares of a KPI never look like that.
//! What is not understood is not judged.

use crate::content::scalar;
use crate::measures::Exact;
use crate::model::fx::is_currency;

/// A KPI as sentences name it.
pub(super) struct Named {
    names: Vec<Vec<String>>,
    unit: String,
}

/// What a number of a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The value of the KPI.
    Value,
    /// How much of the target was reached, in percent.
    Attainment,
    /// One of the two: a percentage of a KPI that is kept in percent.
    Either,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stated {
    /// The place of the KPI among those that were asked for.
    pub kpi: usize,
    /// What the number is about.
    pub about: About,
    /// The number as it is written.
    pub written: String,
    /// The number.
    pub number: Exact,
    /// What was reached is nearer to the number than this, if it was rounded in a way in which people round.
    pub slack: Exact,
}

/// Words before the KPI.
const LEADS: &[&str] = &["the", "our", "their", "its", "this", "joint", "and", "but", "so", "in", "quarter", "quarter's", "quarterly", ","];
/// Verbs that state.
const STATES: &[&str] = &[
    "was", "were", "is", "are", "reached", "hit", "totalled", "totaled", "stood", "stands", "ended", "closed", "finished", "came", "comes",
    "amounted", "remained", "remains", "stayed", "stays", "made",
];
/// Verbs that state what they lead `to`.
const MOVES: &[&str] =
    &["rose", "fell", "grew", "dropped", "climbed", "went", "increased", "decreased", "declined", "improved", "slipped", "jumped"];
/// Words that change nothing.
const FILLS: &[&str] = &["at", "in", "for", "this", "the", "quarter", "still", "again", "now", "only", "just", ",", "("];
/// Words that make a number a rough one.
const ABOUTS: &[&str] = &["about", "around", "roughly", "approximately", "nearly", "almost", "some", "~", "≈"];
/// Words with which another part of the sentence starts.
const PARTS: &[&str] = &["against", "versus", "vs", "where", "which", "while", "whereas", "but", "compared", "thanks", "because"];
/// Marks with which it does.
const MARKS: &[&str] = &[",", ")", ":", "–", "—", "\""];
/// Between the KPI and its number are at most so many words.
const NEAR: usize = 8;

impl Named {
    /// A KPI with its id, its name and its unit.
    pub fn new(id: &str, name: &str, unit: &str) -> Named {
        let words = |text: &str| tokens(text).into_iter().map(|token| token.text).collect::<Vec<_>>();
        let mut names = vec![words(id), words(name)];
        names.retain(|name| !name.is_empty());
        Named { names, unit: unit.trim().to_owned() }
    }
}

/// What a sentence of the review of a quarter states; `quarter` and `year` name that one, such as `q3` and `2026`.
pub(super) fn stated(sentence: &str, kpis: &[Named], quarter: &str, year: &str) -> Option<Stated> {
    // Most sentences state no number, and taking them apart is dear.
    if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(sentence);
    let is_own = |token: &Token| token.text == quarter || token.text == year;
    let start = tokens.iter().position(|token| !(LEADS.contains(&token.text.as_str()) || is_own(token)))?;
    let (kpi, length) = named(tokens.get(start..)?, kpis)?;
    let unit = kpis.get(kpi)?.unit.as_str();
    let mut way = Way::through(tokens.get(start + length..)?, is_own)?;
    if let Some((token, rest)) = way.rest.split_first()
        && is_money(&token.text)
    {
        (way.money, way.rest) = ([way.money, vec![token.text.as_str()]].concat(), rest);
    }
    let is_percent = way.rest.first().is_some_and(|token| matches!(token.text.as_str(), "%" | "percent"));
    way.rest = way.rest.get(if is_percent { 1 } else { words_of_unit(way.rest, unit) }..)?;
    let of_target = if is_percent { target_behind(way.rest) } else { 0 };
    if !is_over(way.rest.get(of_target..)?, quarter) || !way.money.iter().all(|word| !is_percent && is_money_of(word, unit)) {
        return None;
    }
    let is_share = unit.contains('%') || unit.eq_ignore_ascii_case("percent");
    let about = match (is_percent, of_target > 0 || way.attainment) {
        (true, true) => About::Attainment,
        (true, false) if is_share => About::Either,
        (false, false) => About::Value,
        _ => return None,
    };
    let Number { written, value, slack } = way.number;
    // `Revenue was 68` may be short for thousands.
    if about == About::Value && is_currency(unit) && way.money.is_empty() && *value < Exact::from(1000) {
        return None;
    }
    let tenth = value.over(&Exact::from(10)).filter(|_| way.rough).unwrap_or_default();
    Some(Stated { kpi, about, written: written.clone(), number: value.clone(), slack: slack.clone().max(tenth) })
}

/// The way from a KPI to its number.
struct Way<'a> {
    number: &'a Number,
    /// Signs and codes of currencies.
    money: Vec<&'a str>,
    /// True where the number is how much of the target was reached.
    attainment: bool,
    /// True where it is a rough one.
    rough: bool,
    /// What stands behind the number.
    rest: &'a [Token],
}

impl<'a> Way<'a> {
    /// The way to the first number, where nothing but a plain verb leads there.
    fn through(tokens: &'a [Token], is_own: impl Fn(&Token) -> bool) -> Option<Way<'a>> {
        let (mut states, mut moves, mut to) = (false, false, false);
        let (mut money, mut attainment, mut rough) = (Vec::new(), false, false);
        for (at, token) in tokens.iter().enumerate().take(NEAR) {
            let word = token.text.as_str();
            if is_own(token) {
                continue;
            }
            if let Some(number) = &token.number {
                let is_plain = if moves { to } else { states };
                return is_plain.then_some(Way { number, money, attainment, rough, rest: tokens.get(at + 1..)? });
            }
            match word {
                "attainment" => attainment = true,
                "to" => to = true,
                _ if STATES.contains(&word) => states = true,
                _ if MOVES.contains(&word) => moves = true,
                _ if ABOUTS.contains(&word) => rough = true,
                _ if is_money(word) => money.push(word),
                // `(Q3)` is closed before the verb.
                ")" if !states && !moves => {}
                _ if FILLS.contains(&word) => {}
                _ => return None,
            }
        }
        None
    }
}

/// How many of these words are the unit of a KPI.
fn words_of_unit(tokens: &[Token], unit: &str) -> usize {
    let unit = self::tokens(unit);
    let is_there = unit.len() <= tokens.len() && unit.iter().zip(tokens).all(|(one, other)| is_same(one, other));
    if is_there { unit.len() } else { 0 }
}

/// The KPI whose name stands at the start of these words, and how many of them it takes. The longest name wins; a name that two
/// KPIs have means neither.
fn named(tokens: &[Token], kpis: &[Named]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut is_clear = true;
    for (at, kpi) in kpis.iter().enumerate() {
        let fits = |name: &&Vec<String>| name.len() <= tokens.len() && name.iter().zip(tokens).all(|(word, token)| *word == token.text);
        let Some(length) = kpi.names.iter().filter(fits).map(Vec::len).max() else { continue };
        match best {
            Some((_, known)) if known > length => {}
            Some((_, known)) if known == length => is_clear = false,
            _ => (best, is_clear) = (Some((at, length)), true),
        }
    }
    best.filter(|_| is_clear)
}

/// How many words `of its target` take; 0 where something else follows.
fn target_behind(tokens: &[Token]) -> usize {
    let words: Vec<&str> = tokens.iter().take(3).map(|token| token.text.as_str()).collect();
    match words.as_slice() {
        ["of", "target", ..] => 2,
        ["of", "the" | "its" | "our" | "their", "target"] => 3,
        _ => 0,
    }
}

/// True where the statement is over behind its number: nothing there makes another one of it.
fn is_over(tokens: &[Token], quarter: &str) -> bool {
    let words: Vec<&str> = tokens.iter().take(3).map(|token| token.text.as_str()).collect();
    let is_quarter = |word: &str| word == "quarter" || word == quarter;
    let when = match words.as_slice() {
        ["in" | "for", "the" | "this", word, ..] if is_quarter(word) => 3,
        ["in" | "for" | "this", word, ..] if is_quarter(word) => 2,
        _ => 0,
    };
    let mut rest = tokens.iter().skip(when);
    match rest.next().map(|token| token.text.as_str()) {
        None => true,
        // 12 of 20.
        Some("of") => rest.next().is_some_and(|token| token.number.is_some()),
        Some(word) => MARKS.contains(&word) || PARTS.contains(&word),
    }
}

/// True for the same word, in singular or plural.
fn is_same(one: &Token, other: &Token) -> bool {
    one.text.trim_end_matches('s') == other.text.trim_end_matches('s')
}

fn is_money(word: &str) -> bool {
    matches!(word, "£" | "€" | "$") || is_currency(&word.to_uppercase())
}

/// True where a sign or code may mean a currency.
fn is_money_of(word: &str, currency: &str) -> bool {
    match word {
        "£" => currency == "GBP",
        "€" => currency == "EUR",
        "$" => currency.ends_with('D'),
        code => code.eq_ignore_ascii_case(currency),
    }
}

/// A number in a sentence.
#[derive(Debug, Clone, PartialEq)]
struct Number {
    written: String,
    value: Exact,
    slack: Exact,
}

/// A word in small letters, a number, or a mark.
#[derive(Debug, Clone, PartialEq)]
struct Token {
    text: String,
    number: Option<Number>,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            digits(rest)
        } else if first.is_alphanumeric() {
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        rest = after;
        if first.is_alphanumeric() {
            let number = first.is_ascii_digit().then(|| number(word)).flatten();
            tokens.push(Token { text: word.to_lowercase().replace('’', "'"), number });
        } else if !(first.is_whitespace() || matches!(first, '-' | '_')) {
            tokens.push(Token { text: word.to_owned(), number: None });
        } else if first == '-' && after.starts_with(|c: char| c.is_ascii_digit()) {
            // Below 0, or a range: either way a mark that nothing understands.
            tokens.push(Token { text: word.to_owned(), number: None });
        }
    }
    tokens
}

/// How far a word reaches that starts with a digit: `45 000`, `0.45M`, `2026-Q3`.
fn digits(text: &str) -> usize {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '\'' | '’');
    let run = |from: usize| {
        let word = text.get(from..).unwrap_or_default();
        let word = word.get(..word.find(|c: char| !inner(c)).unwrap_or(word.len())).unwrap_or_default();
        from + word.trim_end_matches(['.', ',', ':', '/', '-', '–', '\'', '’']).len()
    };
    let mut end = run(0);
    if end > 3 || !text.as_bytes()[..end].iter().all(u8::is_ascii_digit) {
        return end;
    }
    // Groups of three, with a blank of some kind before each.
    while let Some(blank) =
        text.get(end..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
    {
        let from = end + blank.len_utf8();
        let group = text.get(from..run(from)).unwrap_or_default();
        if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        end = from + 3;
    }
    end
}

/// A number as people write it: `68,000`, `45 000`, `450k`, `0.45M`. `None` for what may mean two numbers, such as `7,4`.
fn number(written: &str) -> Option<Number> {
    let digits = written.trim_end_matches(char::is_alphabetic);
    let thousands = match written.get(digits.len()..)?.to_lowercase().as_str() {
        "" => 0,
        "k" => 1,
        "m" | "mn" | "mio" => 2,
        "bn" => 3,
        _ => return None,
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split([',', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}']).collect();
    let (first, others) = groups.split_first()?;
    let is_grouped = others.is_empty() || (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    // `1.500` is a thousand and a half to some.
    let is_unclear = decimals.len() == 3 && whole != "0" || digits.ends_with('.');
    let plain = groups.concat();
    let all = plain.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_grouped || is_unclear || !all || plain.is_empty() || plain.len() + decimals.len() > 15 {
        return None;
    }
    let unit = (0..thousands).fold(Exact::ONE, |unit, _| unit * Exact::from(1000));
    let text = if decimals.is_empty() { plain } else { format!("{plain}.{decimals}") };
    let value = Exact::from(scalar::decimal(&text).ok()?) * unit.clone();
    let last_digit = (0..decimals.len()).fold(unit, |unit, _| unit.over(&Exact::from(10)).unwrap_or_default());
    Some(Number { written: written.to_owned(), slack: last_digit.max(rounding(&value)), value })
}

/// How coarsely a number of thousands may have been rounded: to the zeros at its end, but never to less than two digits.
fn rounding(value: &Exact) -> Exact {
    let ten = Exact::from(10);
    let (mut unit, mut next) = (Exact::ONE, ten.clone());
    if *value < Exact::from(1000) {
        return Exact::ZERO;
    }
    while next.clone() * ten.clone() <= *value && value.over(&next).is_some_and(|count| count.has_places(0)) {
        unit = next.clone();
        next = next * ten.clone();
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kpis() -> Vec<Named> {
        [
            ("revenue", "Revenue generated", "GBP"),
            ("leads", "Leads", "leads"),
            ("integration-adoption", "Adoption", "%"),
            ("satisfaction", "Partner satisfaction", "points"),
            ("issue-resolution-days", "Days to resolve an issue", "days"),
        ]
        .map(|(id, name, unit)| Named::new(id, name, unit))
        .into()
    }

    /// KPI, what the number is about, the number as written, and its slack.
    fn found(sentence: &str) -> String {
        let kpis = kpis();
        stated(sentence, &kpis, "q3", "2026").map_or("nothing".to_owned(), |found| {
            let id = kpis[found.kpi].names[0].join("-");
            format!("{id} {:?} {} ±{}", found.about, found.written, found.slack.plain(4, &[]))
        })
    }

    #[test]
    fn plain_statements_are_understood() {
        assert_eq!(found("Revenue was 68,000 in the quarter, we told each other"), "revenue Value 68,000 ±1000");
        assert_eq!(found("In Q3 2026 our revenue came in at £0.45M"), "revenue Value 0.45M ±10000");
        assert_eq!(found("Revenue generated rose to 450k GBP"), "revenue Value 450k ±10000");
        assert_eq!(found("Revenue (Q3) was EUR 450 000"), "nothing", "another currency");
        assert_eq!(found("Revenue (Q3) was GBP 451 200, as planned"), "revenue Value 451 200 ±100");
        assert_eq!(found("Leads were 46"), "leads Value 46 ±1");
        assert_eq!(found("The leads reached 46 leads this quarter against a target of 40"), "leads Value 46 ±1");
        assert_eq!(found("Partner satisfaction stayed at 7.4 points"), "satisfaction Value 7.4 ±0.1");
        assert_eq!(found("Leads were about 46"), "leads Value 46 ±4.6");
        assert_eq!(found("Leads were 31 of 50"), "leads Value 31 ±1");
        assert_eq!(found("Integration adoption was 47 %"), "integration-adoption Either 47 ±1");
        assert_eq!(found("Revenue reached 90 % of its target"), "revenue Attainment 90 ±1");
        assert_eq!(found("Revenue attainment was 93.8%"), "revenue Attainment 93.8 ±0.1");
    }

    #[test]
    fn anything_else_is_left_alone() {
        for sentence in [
            "Revenue target was 500,000",
            "Revenue: 500,000",
            "Revenue of 500,000",
            "Revenue should reach 500,000",
            "Revenue is to reach 500,000",
            "Revenue was under 500,000",
            "Revenue was 50,000 under target",
            "Revenue was 50,000 less",
            "Revenue grew 20 %",
            "Revenue grew by 20,000",
            "Revenue grew to 20 %",
            "Revenue fell from 500,000 to 450,000",
            "Revenue was 450,000 last quarter",
            "Revenue was 450,000 in Q2",
            "Revenue in Q2 was 450,000",
            "Revenue in Norway was 45,000",
            "In Norway revenue was 45,000",
            "Revenue was 45,000 in Norway",
            "Revenue was 45,000 (Norway alone)",
            "Revenue came to 45,000 as a first instalment",
            "Revenue was 68",
            "Revenue was -45,000",
            "Revenue was 40,000-50,000",
            "Revenue was 45.000",
            "Leads were 20 and 30",
            "Leads from 3 events were 20",
            "Leads were 20 more",
            "Leads were 90 % of planners",
            "46 leads came in",
            "Most leads in a quarter so far, 46",
            "Satisfaction was 2 points lower",
            "Adoption rose 3 percentage points to 47 %",
            "Adoption was 3 percentage points up",
            "Days to resolve an issue were not 12",
            "\"Revenue was 68,000\"",
        ] {
            assert_eq!(found(sentence), "nothing", "{sentence}");
        }
    }

    #[test]
    fn numbers_are_rounded_as_people_round() {
        let slack = |text: &str| number(text).map(|number| format!("{} ±{}", number.value.plain(4, &[]), number.slack.plain(4, &[])));
        assert_eq!(slack("450,000").as_deref(), Some("450000 ±10000"));
        assert_eq!(slack("500,000").as_deref(), Some("500000 ±10000"));
        assert_eq!(slack("449.6k").as_deref(), Some("449600 ±100"));
        assert_eq!(slack("2M").as_deref(), Some("2000000 ±1000000"), "it may be 1.6 million");
        assert_eq!((slack("100").as_deref(), slack("0.5").as_deref()), (Some("100 ±1"), Some("0.5 ±0.1")));
        for text in ["7,4", "1.500", "2026-Q3", "1st", "9/10", "12-hour", "1,23,456", "1234567890123456"] {
            assert_eq!(slack(text), None, "{text}");
        }
    }
}
