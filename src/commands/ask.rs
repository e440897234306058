//! From the words of a question to its answer: which partner, which number, which period.

use super::Failure;
use crate::cli::WhyArgs;
use crate::measures::Measures;
use crate::measures::explain::topics::Figure;
use crate::measures::explain::{Explanation, OfPartner, OfPortfolio};
use crate::model::period::{Granularity, Period, advice};
use crate::text::{slug, suggest};
use crate::workspace::{PartnerEntry, Workspace};

/// Words for all partners together. A partner of that name goes first.
const EVERYBODY: [&str; 2] = ["portfolio", "all"];
/// What is computed of all partners beside sums of KPIs.
const CONCENTRATION: &str = "concentration";

/// Who is asked about, and the answer; none where nothing in particular is asked.
pub enum Asked<'a> {
    /// One partner.
    Partner {
        /// The partner.
        entry: &'a PartnerEntry,
        /// What explains its numbers.
        of: OfPartner<'a>,
        /// The answer.
        explanation: Option<Explanation>,
    },
    /// All partners together.
    Portfolio {
        /// The answer.
        explanation: Option<Explanation>,
    },
}

/// Finds what is asked.
///
/// # Errors
/// For a partner, a number or a period that there is not, with the nearest one that there is.
pub fn about<'a>(workspace: &'a Workspace, measures: &'a Measures, args: &WhyArgs) -> Result<Asked<'a>, Failure> {
    let found = find(workspace, &args.partner);
    let Some((at, entry)) = found else {
        if EVERYBODY.contains(&slug::fold(args.partner.trim()).as_str()) {
            let of = OfPortfolio::new(workspace, measures);
            return Ok(Asked::Portfolio {
                explanation: args.what.as_deref().map(|what| of_portfolio(&of, measures, what, args)).transpose()?,
            });
        }
        return Err(no_partner(workspace, &args.partner));
    };
    let own = measures.partner(at).ok_or_else(|| no_partner(workspace, &args.partner))?;
    let of = OfPartner::new(workspace, entry, own);
    let explanation = match args.what.as_deref() {
        None => None,
        Some(what) => Some(Question { workspace, measures, entry, at, of: &of }.answer(what, args.period.as_deref())?),
    };
    Ok(Asked::Partner { entry, of, explanation })
}

/// The partner of an id, name or alias; ids go first.
fn find<'a>(workspace: &'a Workspace, name: &str) -> Option<(usize, &'a PartnerEntry)> {
    let wanted = slug::fold(name.trim());
    let is = |text: &str| slug::fold(text) == wanted;
    let all = || workspace.partners.iter().enumerate();
    let named = |entry: &PartnerEntry| is(entry.name()) || entry.data.aliases.iter().any(|alias| is(alias));
    all().find(|(_, entry)| is(&entry.id)).or_else(|| all().find(|(_, entry)| named(entry)))
}

fn no_partner(workspace: &Workspace, name: &str) -> Failure {
    let names = workspace.partners.iter().flat_map(|entry| [entry.id.as_str(), entry.name()]).chain(EVERYBODY);
    let help = match suggest::nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the id, name or alias of a partner, or `portfolio` for all of them".to_owned(),
    };
    Failure::new(format!("there is no partner `{name}`"), help)
}

/// What is asked about one partner.
struct Question<'a, 'q> {
    workspace: &'a Workspace,
    measures: &'a Measures,
    entry: &'a PartnerEntry,
    at: usize,
    of: &'q OfPartner<'a>,
}

impl Question<'_, '_> {
    fn answer(&self, what: &str, period: Option<&str>) -> Result<Explanation, Failure> {
        let start = self.workspace.settings.fiscal_year_start;
        let word = what.trim();
        let figure = Figure::ALL.into_iter().find(|figure| figure.word().eq_ignore_ascii_case(word));
        if let Some(figure) = figure {
            if !figure.is_of_a_quarter() {
                return match period {
                    None => Ok(self.of.figure(figure, None)),
                    Some(_) => Err(Failure::new(
                        format!("`{}` is of today, not of a period", figure.word()),
                        "leave the period out; --as-of DATE looks at another day".to_owned(),
                    )),
                };
            }
            let quarter = period.map(read_period).transpose()?;
            if let Some(period) = quarter.filter(|period| period.granularity() != Granularity::Quarter) {
                return Err(Failure::new(format!("`{}` is of a quarter, not of {period}", figure.word()), quarter_of(period, start)));
            }
            return Ok(self.of.figure(figure, quarter));
        }
        let Some(place) = self.kpi(word) else { return Err(self.nothing(word)) };
        let period = match period {
            Some(text) => read_period(text)?,
            None => self.of.newest(place).unwrap_or(Measures::context(self.workspace).quarter),
        };
        self.of_period(place, period)
    }

    /// The place of a KPI by its id or name.
    fn kpi(&self, word: &str) -> Option<usize> {
        let word = slug::fold(word.strip_prefix("kpi:").unwrap_or(word));
        let position = |is: &dyn Fn(&str, &str) -> bool| {
            let kpis = &self.measures.partners.get(self.at)?.kpis;
            kpis.iter().position(|kpi| is(&kpi.id, &kpi.name))
        };
        position(&|id, _| slug::fold(id) == word).or_else(|| position(&|_, name| slug::fold(name) == word))
    }

    fn nothing(&self, word: &str) -> Failure {
        if Period::parse(word).is_some() {
            let help = format!("say what before the period: `partnerbook why {} health {word}`", self.entry.id);
            return Failure::new(format!("`{word}` is a period, not something that is computed"), help);
        }
        let kpis = self.entry.kpis.iter().map(|kpi| (kpi.id.as_str(), kpi.name()));
        let known: Vec<(String, String)> = kpis.map(|(id, name)| (id.to_owned(), name)).collect();
        let words = Figure::ALL.iter().map(|figure| figure.word()).chain(known.iter().flat_map(|(id, name)| [id.as_str(), name.as_str()]));
        let help = match suggest::nearest(word, words) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("`partnerbook why {}` lists what can be asked", self.entry.id),
        };
        Failure::new(format!("{} has no `{word}`", self.entry.name()), help)
    }

    fn of_period(&self, place: usize, period: Period) -> Result<Explanation, Failure> {
        let start = self.workspace.settings.fiscal_year_start;
        let Some(kpi) = self.measures.partners.get(self.at).and_then(|measures| measures.kpis.get(place)) else {
            return Err(self.nothing(""));
        };
        let Some(explanation) = self.of.kpi(place, period) else {
            let kept = match kpi.granularity {
                Granularity::Month => "month",
                Granularity::Quarter => "quarter",
                Granularity::Year => "year",
            };
            let near = period.within(kpi.granularity, start).map_or_else(advice, |near| format!("did you mean `{near}`?"));
            return Err(Failure::new(format!("`{}` is kept by the {kept}, so there is no {period}", kpi.id), near));
        };
        // A period far from anything that is written is a slip, and not a value that is missing.
        let within = |known: Period| known.within(period.granularity(), start);
        let known: Vec<Period> = kpi.periods.iter().filter_map(|measure| within(measure.period)).collect();
        match (known.first(), known.last()) {
            (Some(first), Some(last)) if period < *first || period > last.next() => {
                let message = format!("nothing is written on `{}` in {period}", kpi.id);
                let span = if first == last { format!("only in {first}") } else { format!("from {first} to {last}") };
                Err(Failure::new(message, format!("there are values {span}")))
            }
            _ => Ok(explanation),
        }
    }
}

fn of_portfolio(of: &OfPortfolio<'_>, measures: &Measures, what: &str, args: &WhyArgs) -> Result<Explanation, Failure> {
    let word = what.trim();
    if word.eq_ignore_ascii_case(CONCENTRATION) {
        return match &args.period {
            None => Ok(of.concentration()),
            Some(_) => Err(Failure::new(
                "`concentration` is of the last four closed quarters, not of a period",
                "leave the period out; --as-of DATE looks at another day".to_owned(),
            )),
        };
    }
    let sums = &measures.portfolio.sums;
    let folded = slug::fold(word.strip_prefix("kpi:").unwrap_or(word));
    let by_id = sums.iter().find(|sum| slug::fold(&sum.id) == folded);
    let Some(sum) = by_id.or_else(|| sums.iter().find(|sum| slug::fold(&sum.name) == folded)) else {
        let near = suggest::nearest(word, sums.iter().flat_map(|sum| [sum.id.as_str(), sum.name.as_str()]).chain([CONCENTRATION]));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`partnerbook why portfolio` lists what can be asked".to_owned(),
        };
        return Err(Failure::new(format!("there is no sum of `{word}` over all partners"), help));
    };
    let period = match args.period.as_deref() {
        Some(text) => read_period(text)?,
        None => of.newest(&sum.id).unwrap_or(measures.portfolio.concentration.quarters[3]),
    };
    of.sum(&sum.id, period).ok_or_else(|| {
        let known: Vec<String> =
            sum.periods.keys().filter(|known| known.granularity() == period.granularity()).map(ToString::to_string).collect();
        let help = match known.as_slice() {
            [] => "there are sums of closed quarters and years".to_owned(),
            [one] => format!("there is a sum of {one}"),
            [first, .., last] => format!("there are sums from {first} to {last}"),
        };
        Failure::new(format!("there is no sum of `{}` in {period}", sum.id), help)
    })
}

/// A period as people may write it.
fn read_period(text: &str) -> Result<Period, Failure> {
    Period::parse(text).ok_or_else(|| {
        let near = meant(text).map(|period| format!("did you mean `{period}`?"));
        Failure::new(format!("`{text}` is not a period"), near.unwrap_or_else(advice))
    })
}

/// What `Q2 2026`, `2026Q2`, `2026/2` or `6.2026` stand for.
fn meant(text: &str) -> Option<Period> {
    let upper = text.to_uppercase();
    let numbers: Vec<&str> = upper.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let year = numbers.iter().find(|part| part.len() == 4)?;
    let other = numbers.iter().find(|part| part.len() <= 2)?;
    let joined = if upper.contains('Q') { format!("{year}-Q{other}") } else { format!("{year}-{other:0>2}") };
    Period::parse(&joined)
}

/// The quarter nearest to a period of another length, as advice.
fn quarter_of(period: Period, fiscal_year_start: i8) -> String {
    let quarter = match period {
        Period::Year(_) => period.parts(Granularity::Quarter, fiscal_year_start).last(),
        _ => period.within(Granularity::Quarter, fiscal_year_start),
    };
    quarter.map_or_else(advice, |quarter| format!("did you mean `{quarter}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_other_forms_are_understood() {
        let meant = |text: &str| meant(text).map(|period| period.to_string());
        assert_eq!(meant("Q2 2026").as_deref(), Some("2026-Q2"));
        assert_eq!((meant("2026q2").as_deref(), meant("2026Q5")), (Some("2026-Q2"), None), "a quarter is one of four");
        assert_eq!(meant("6/2026").as_deref(), Some("2026-06"));
        assert_eq!(meant("soon"), None);
    }
}
