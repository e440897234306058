//! Measures: nothing panics on any number, and the formulas have the properties that people count on.

use dashu_ratio::RBig;
use jiff::civil::Date;
use partnerbook::content::read::Dict;
use partnerbook::measures::attainment::{Aim, attainment};
use partnerbook::measures::coarser::aggregate;
use partnerbook::measures::portfolio::Member;
use partnerbook::measures::stage::{days_in_stages, days_of_moves};
use partnerbook::measures::{Context, Exact, Health, KpiMeasures, PartnerMeasures, Portfolio};
use partnerbook::model::agreement::Term;
use partnerbook::model::kpi::{Actual, Aggregate, Category, Direction, Frequency, Kpi, Series, Target};
use partnerbook::model::partner::{Account, Investment, Move, OnHold, Partner, Score};
use partnerbook::model::period::{Granularity, Period};
use partnerbook::model::plan::Launch;
use partnerbook::model::settings::Settings;
use partnerbook::model::settings_file::{Criterion, Health as HealthFile, KpiStatus, Scoring, SettingsFile};
use partnerbook::model::values::Money;
use partnerbook::workspace::PartnerEntry;
use partnerbook::workspace::kpis::PartnerKpi;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::cases;

/// Any decimal: everyday ones, all digits and all scales, and the ends.
fn decimal() -> BoxedStrategy<Decimal> {
    let any_digits = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0..29_u32);
    prop_oneof![
        4 => (-200_i64..2000, 0..3_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        2 => any_digits.prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale)),
        2 => select(vec![Decimal::ZERO, Decimal::ONE, Decimal::MAX, Decimal::MIN, Decimal::new(1, 28), Decimal::new(-1, 28), Decimal::new(100, 0)]),
    ]
    .boxed()
}

fn exact() -> impl Strategy<Value = Exact> {
    prop_oneof![
        decimal().prop_map(Exact::from),
        (decimal(), decimal()).prop_map(|(a, b)| Exact::from(a).over(&Exact::from(b)).unwrap_or_default()),
    ]
}

fn positive() -> impl Strategy<Value = Decimal> {
    (1_i64..100_000, 0..4_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn big(number: Decimal) -> RBig {
    RBig::from_parts(number.mantissa().into(), 10_u128.pow(number.scale()).into())
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![
        Just(Direction::Higher),
        Just(Direction::Lower),
        (decimal(), decimal()).prop_map(|(a, b)| Direction::Range(a.min(b), a.max(b))),
    ]
}

/// Periods around the day of the test and at the ends of the calendar.
fn period() -> impl Strategy<Value = Period> {
    let year = prop_oneof![8 => 2024_i16..2028, 1 => 0_i16..10_000];
    (year, 0..3_u8, 1..13_i8).prop_map(|(year, kind, month)| match kind {
        0 => Period::Year(year),
        1 => Period::Quarter(year, (month - 1) / 3 + 1),
        _ => Period::Month(year, month),
    })
}

fn series<T: std::fmt::Debug + 'static>(value: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Series<T>> {
    let pairs = prop::collection::vec((period(), value), 0..14);
    pairs
        .prop_map(|pairs| {
            pairs.into_iter().fold(Series::default(), |mut all, (period, value)| {
                all.insert(period, value);
                all
            })
        })
        .boxed()
}

fn actual() -> impl Strategy<Value = Actual> {
    prop_oneof![8 => decimal().prop_map(Actual::Value), 1 => Just(Actual::Unknown), 1 => Just(Actual::NotApplicable)]
}

fn kpi() -> impl Strategy<Value = PartnerKpi> {
    let ids = select(vec!["revenue", "returns", "customers", "satisfaction", "own"]);
    let categories = vec![Category::Business, Category::Operational, Category::Relationship, Category::Strategic, Category::Financial];
    let units = select(vec!["", "USD", "EUR", "%", "points", "days", "people", "NPS"]);
    let hows = select(vec![Aggregate::Sum, Aggregate::Last, Aggregate::Average, Aggregate::Min, Aggregate::Max]);
    let often = select(vec![Frequency::Month, Frequency::Quarter, Frequency::Year]);
    let target = prop_oneof![decimal().prop_map(Target::Always), series(decimal()).prop_map(Target::From)];
    let kind = (ids, of(select(categories)), of(units), of(direction()), of(hows), of(often));
    (kind, of(target), of(decimal()), of(decimal()), series(actual()), series(decimal())).prop_map(
        |((id, category, unit, direction, aggregate, frequency), target, baseline, weight, actuals, targets)| {
            let unit = unit.map(str::to_owned);
            let own = Kpi { category, unit, direction, aggregate, frequency, target, baseline, weight, actuals, ..Kpi::default() };
            PartnerKpi { id: id.to_owned(), kpi: Settings::default().kpi(id, &own), targets, ..PartnerKpi::default() }
        },
    )
}

fn money() -> impl Strategy<Value = Money> {
    (decimal(), of(select(vec!["USD", "EUR", "XYZ"])))
        .prop_map(|(amount, currency)| Money { amount, currency: currency.map(str::to_owned) })
}

fn date() -> impl Strategy<Value = Date> {
    prop_oneof![
        4 => (2024..2028_i16, 1..13_i8, 1..29_i8).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap()),
        1 => select(vec![Date::MIN, Date::MAX, Date::new(0, 1, 1).unwrap(), Date::new(9999, 12, 31).unwrap()]),
    ]
}

fn dict<T: std::fmt::Debug + 'static>(keys: &'static [&'static str], value: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Dict<T>> {
    prop::collection::vec((select(keys), value), 0..5)
        .prop_map(|all| Dict(all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()))
        .boxed()
}

fn settings() -> impl Strategy<Value = Settings> {
    let criterion = (of(decimal()), of(decimal()), of(any::<bool>())).prop_map(|(weight, minimum, inverse)| Criterion {
        weight,
        minimum,
        inverse,
        name: None,
    });
    let scoring = (prop::collection::vec(decimal(), 0..3), of(decimal()), dict(&["a", "b", "c"], criterion));
    let scoring = scoring.prop_map(|(scale, pass, criteria)| Scoring { scale, pass, criteria });
    let weights = dict(&["business", "operational", "relationship", "strategic", "financial"], decimal());
    let health = (weights, of(decimal()), of(decimal()), of(decimal()));
    let health = health.prop_map(|(weights, green, yellow, coverage)| HealthFile { weights, green, yellow, coverage });
    let status = (of(decimal()), of(decimal())).prop_map(|(green, yellow)| KpiStatus { green, yellow });
    let fx = dict(&["2026-Q2", "2026-Q3", "2025", "2026-08", "never"], dict(&["EUR", "XYZ"], decimal()));
    (of(scoring), of(health), of(status), fx, of(0..14_u32)).prop_map(|(scoring, health, kpi_status, fx, fiscal_year_start)| {
        Settings::new(&SettingsFile { scoring, health, kpi_status, fx, fiscal_year_start, ..SettingsFile::default() })
    })
}

fn partner() -> impl Strategy<Value = PartnerEntry> {
    let score = of(decimal()).prop_map(|score| Score { score, ..Score::default() });
    let account = (of(select(vec!["Initrode", "INITRODE", ""])), of(decimal()), of(money()));
    let account = account.prop_map(|(name, credit, value)| Account { name: name.map(str::to_owned), credit, value, ..Account::default() });
    let entry = (of(select(vec!["research", "review", "exited", "nowhere"])), of(date()));
    let entry = entry.prop_map(|(stage, entered)| Move { stage: stage.map(str::to_owned), entered, ..Move::default() });
    let term = (of(date()), of(any::<u32>()), of(any::<bool>())).prop_map(|(end, notice_days, auto_renew)| Term {
        end,
        notice_days,
        auto_renew,
        start: None,
    });
    let words = (dict(&["a", "b", "c", "risk"], score), prop::collection::vec(account, 0..4), prop::collection::vec(entry, 0..4));
    (prop::collection::vec(kpi(), 0..4), words, of(money()), of(term), of(date()), of(of(date()))).prop_map(
        |(kpis, (scores, accounts, lifecycle), ours, term, launch, hold)| {
            let data = Partner {
                scores,
                accounts,
                lifecycle,
                investment: Some(Investment { ours, theirs: None }),
                term,
                launch: Some(Launch { date: launch, ..Launch::default() }),
                on_hold: hold.map(|until| OnHold { until, reason: None }),
                ..Partner::default()
            };
            entry_of(data, kpis)
        },
    )
}

fn entry_of(data: Partner, kpis: Vec<PartnerKpi>) -> PartnerEntry {
    let stage = data.current_stage().and_then(|stage| Settings::default().stage_index(stage));
    PartnerEntry { id: "a".to_owned(), data: std::sync::Arc::new(data), stage, kpis, ..PartnerEntry::default() }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn small_and_large_numbers_are_one_arithmetic(a in decimal(), b in decimal(), c in decimal()) {
        let (x, y, z) = (Exact::from(a), Exact::from(b), Exact::from(c));
        let (i, j, k) = (big(a), big(b), big(c));
        prop_assert_eq!(format!("{:?}", &x + &y), (&i + &j).to_string());
        prop_assert_eq!(format!("{:?}", &x - &y), (&i - &j).to_string());
        prop_assert_eq!(format!("{:?}", &(&x * &y) - &z), (&i * &j - &k).to_string());
        prop_assert_eq!(x.cmp(&y), i.cmp(&j));
        prop_assert_eq!(x == y, i == j);
        match x.over(&y) {
            None => prop_assert!(b.is_zero()),
            Some(share) => {
                prop_assert_eq!(format!("{share:?}"), (&i / &j).to_string());
                prop_assert_eq!(&share * &y, x);
            }
        }
    }

    #[test]
    fn shown_numbers_never_cross_an_edge(number in exact(), edges in prop::collection::vec(decimal(), 0..4), places in 0..6_u32) {
        let edges: Vec<Exact> = edges.into_iter().map(Exact::from).collect();
        let text = number.plain(places, &edges);
        let shown = parsed(&text);
        let side = |edge: &Exact| (fraction(&number) < fraction(edge), shown < fraction(edge));
        for edge in &edges {
            let (is, seems) = side(edge);
            prop_assert_eq!(is, seems, "{:?} is shown as {} at the edge {:?}", &number, &text, edge);
        }
        // Never a whole unit of the last place away, and without edges at most half of one.
        let unit = RBig::from_parts(1.into(), 10_u128.pow(places).into());
        let off = if shown < fraction(&number) { fraction(&number) - shown } else { shown - fraction(&number) };
        prop_assert!(off < unit);
        prop_assert!(!edges.is_empty() || &off + &off <= unit);
        prop_assert_eq!(number.show(places, &edges).replace(',', "").replace('−', "-"), text);
        prop_assert!(number.drawn().is_finite());
    }

    #[test]
    fn a_better_actual_never_lowers_attainment(target in decimal(), baseline in of(decimal()), a in decimal(), b in decimal(), hi in decimal()) {
        let (worse, better) = (Exact::from(a.min(b)), Exact::from(a.max(b)));
        let baseline = baseline.map(Exact::from);
        let of = |aim: &Aim, actual: &Exact| attainment(aim, baseline.as_ref(), actual);
        let target = Exact::from(target);
        let up = Aim::AtLeast(target.clone());
        match (of(&up, &worse), of(&up, &better)) {
            (Ok(worse), Ok(better)) => prop_assert!(!worse.is_negative() && worse <= better),
            (one, other) => prop_assert_eq!(one.err(), other.err()),
        }
        prop_assert!(of(&up, &target).is_err() || of(&up, &target) == Ok(Exact::ONE), "the target itself is 100 %");
        let down = Aim::AtMost(target.clone());
        match (of(&down, &better), of(&down, &worse)) {
            (Ok(worse), Ok(better)) => prop_assert!(!worse.is_negative() && worse <= better),
            (one, other) => prop_assert_eq!(one.err(), other.err()),
        }
        let hi = Exact::from(hi);
        let (lo, hi) = (target.clone().min(hi.clone()), target.max(hi));
        let range = Aim::Within(lo.clone(), hi.clone());
        if let (Ok(low), Ok(high)) = (of(&range, &worse), of(&range, &better)) {
            prop_assert!(better > lo || low <= high);
            prop_assert!(worse < hi || high <= low);
            prop_assert!(low <= Exact::ONE && high <= Exact::ONE);
        }
    }

    #[test]
    fn weights_scale_freely(kpis in prop::collection::vec((kpi(), positive()), 1..6), factor in positive(), scores in prop::collection::vec((1_i64..6, 1_i64..100), 1..5)) {
        let day = Date::new(2026, 11, 20).unwrap();
        let health = |factor: Decimal| {
            let weights = [30, 30, 25, 15].map(|weight| Decimal::from(weight) * factor);
            let named = ["business", "operational", "relationship", "strategic"].iter().zip(weights).map(|(name, weight)| ((*name).to_owned(), weight)).collect();
            let file = SettingsFile { health: Some(HealthFile { weights: Dict(named), coverage: Some(Decimal::ONE), ..HealthFile::default() }), ..SettingsFile::default() };
            let settings = Settings::new(&file);
            let context = Context::new(&settings, day);
            let all: Vec<KpiMeasures> = kpis.iter().map(|(kpi, weight)| {
                let mut kpi = kpi.clone();
                kpi.kpi.weight = Some(*weight * factor);
                KpiMeasures::new(&context, &kpi)
            }).collect();
            let found = Health::new(&context, &all, context.quarter);
            (found.number, found.coverage, found.band)
        };
        let found = health(factor);
        prop_assert_eq!(&found, &health(Decimal::ONE));
        prop_assert!(found.0.is_none_or(|number| !number.is_negative() && number <= Exact::HUNDRED));
        prop_assert!(found.1 <= Exact::ONE && !found.1.is_negative());

        let score = |factor: Decimal| {
            let criteria = scores.iter().enumerate().map(|(at, (_, weight))| (at.to_string(), Criterion { weight: Some(Decimal::from(*weight) * factor), ..Criterion::default() }));
            let file = SettingsFile { scoring: Some(Scoring { criteria: Dict(criteria.collect()), ..Scoring::default() }), ..SettingsFile::default() };
            let given = scores.iter().enumerate().skip(1).map(|(at, (score, _))| (at.to_string(), Score { score: Some(Decimal::from(*score)), ..Score::default() }));
            let partner = Partner { scores: Dict(given.collect()), ..Partner::default() };
            let settings = Settings::new(&file);
            let found = partnerbook::measures::score::Score::new(&Context::new(&settings, day), &partner);
            (found.number, found.share, found.coverage)
        };
        prop_assert_eq!(score(factor), score(Decimal::ONE));
    }

    #[test]
    fn a_whole_agrees_with_its_parts(months in prop::collection::vec(decimal(), 12), target in decimal(), start in 1..13_u32) {
        let settings = Settings::new(&SettingsFile { fiscal_year_start: Some(start), ..SettingsFile::default() });
        let context = Context::new(&settings, Date::new(2026, 11, 20).unwrap());
        let start = settings.fiscal_year_start;
        let year = Period::Year(2025);
        let mut actuals = Series::default();
        for (month, value) in year.parts(Granularity::Month, start).zip(&months) {
            actuals.insert(month, Actual::Value(*value));
        }
        let of = |how: Aggregate| {
            let kpi = Kpi { aggregate: Some(how), target: Some(Target::Always(target)), actuals: actuals.clone(), ..Kpi::default() };
            let kpi = KpiMeasures::new(&context, &PartnerKpi { id: "own".to_owned(), kpi, ..PartnerKpi::default() });
            let whole = kpi.at(&context, year).unwrap();
            let quarters: Vec<Exact> = year.parts(Granularity::Quarter, start).map(|quarter| kpi.at(&context, quarter).unwrap().actual.unwrap()).collect();
            (whole.actual.clone().unwrap(), quarters, whole.target.unwrap())
        };
        let all: Vec<Exact> = months.iter().copied().map(Exact::from).collect();
        for how in [Aggregate::Sum, Aggregate::Last, Aggregate::Average, Aggregate::Min, Aggregate::Max] {
            let (whole, quarters, _) = of(how);
            prop_assert_eq!(Some(whole.clone()), aggregate(how, &all));
            prop_assert_eq!(Some(whole), aggregate(how, &quarters), "quarters give the same as months");
        }
        prop_assert_eq!(of(Aggregate::Sum).0, all.iter().cloned().sum::<Exact>());
        prop_assert!(of(Aggregate::Min).0 <= of(Aggregate::Average).0 && of(Aggregate::Average).0 <= of(Aggregate::Max).0);
        prop_assert_eq!(of(Aggregate::Sum).2, &Exact::from(target) * &Exact::from(12));
        prop_assert_eq!(of(Aggregate::Average).2, Exact::from(target));
    }

    #[test]
    fn nothing_panics_on_any_numbers(settings in settings(), as_of in date(), partners in prop::collection::vec(partner(), 1..4), last in of(period())) {
        let context = Context::new(&settings, as_of);
        let measures: Vec<PartnerMeasures> = partners.iter().map(|partner| PartnerMeasures::new(&context, partner, last)).collect();
        for (partner, found) in partners.iter().zip(&measures) {
            days_of_moves(&context, &partner.data);
            days_in_stages(&context, &partner.data);
            for kpi in &found.kpis {
                prop_assert!(kpi.periods.windows(2).all(|pair| pair[0].period < pair[1].period));
                kpi.declining_run(&context);
                for measure in &kpi.periods {
                    prop_assert_eq!(measure.status.is_rated(), measure.attainment.is_some());
                    for number in [&measure.actual, &measure.target, &measure.attainment].into_iter().flatten() {
                        number.show(1, context.thresholds.edges());
                    }
                    for coarser in [Granularity::Quarter, Granularity::Year].into_iter().filter_map(|g| measure.period.within(g, settings.fiscal_year_start)) {
                        kpi.at(&context, coarser);
                    }
                }
            }
        }
        let members: Vec<Member<'_>> = partners.iter().zip(&measures).enumerate().map(|(at, (entry, found))| (at, entry, found)).collect();
        let forwards = Portfolio::new(&context, &members);
        let backwards = Portfolio::new(&context, &members.iter().rev().copied().collect::<Vec<_>>());
        let totals = |portfolio: &Portfolio| portfolio.sums.iter().map(|sum| sum.periods.clone()).collect::<Vec<_>>();
        prop_assert_eq!(totals(&forwards), totals(&backwards));
        prop_assert_eq!(&forwards.concentration.squares, &backwards.concentration.squares);
        let whole: Exact = forwards.concentration.shares.iter().map(|share| share.share.clone()).sum();
        prop_assert!(forwards.concentration.shares.is_empty() || whole == Exact::ONE);
        prop_assert_eq!(forwards.bands.iter().sum::<usize>() + forwards.exited, partners.len());
    }
}

/// The number behind the debugging form, which is a fraction.
fn fraction(number: &Exact) -> RBig {
    format!("{number:?}").parse().unwrap()
}

/// A plain decimal as a fraction.
fn parsed(text: &str) -> RBig {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: RBig = format!("{whole}{decimals}").parse().unwrap();
    digits / RBig::from(10_u8).pow(decimals.len().try_into().unwrap())
}
