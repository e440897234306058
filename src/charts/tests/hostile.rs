//! Any numbers, any text: the markup stays whole, small, and says what it shows.

use proptest::prelude::*;

use super::super::*;

/// Every chart, made from the same numbers and the same words.
fn all(numbers: &[Option<f64>], words: &str) -> Vec<(&'static str, String)> {
    let some = |at: usize| numbers.get(at).copied().flatten().unwrap_or(f64::NAN);
    let (a, b) = (some(0), some(1));
    let w = || Text::from(words);
    let each = || numbers.iter().copied().enumerate();
    let drawn = |name, render: &dyn Fn(&mut String)| {
        let mut out = String::new();
        render(&mut out);
        (name, out)
    };
    let status = |at: usize| [Status::Green, Status::Yellow, Status::Red, Status::Grey][at % 4];
    let level = |at: usize| [Some(risks::Level::Low), Some(risks::Level::Medium), Some(risks::Level::High), None][at % 4];

    let line = sparkline::Sparkline { label: w(), values: numbers, target: Some(b), open: numbers.len().is_multiple_of(2) };
    let points = each().map(|(at, value)| history::Point {
        period: w(),
        value,
        value_label: w(),
        target: numbers.get(at / 2).copied().flatten(),
        target_to: Some(a),
        target_label: w(),
        status: status(at),
        open: at % 3 == 0,
    });
    let past = history::History { label: w(), points: points.collect(), legend: true };
    let parts = each().map(|(at, value)| gauge::Part {
        name: w(),
        weight: some(at / 2),
        weight_label: w(),
        value,
        value_label: w(),
        coverage_label: w(),
    });
    let bands = each().take(3).map(|(at, _)| Tick { at: some(at), label: w() }).collect();
    let health = gauge::Gauge { label: w(), value: Some(a), value_label: w(), bands, parts: parts.collect(), ..gauge::Gauge::default() };
    let criteria = each().map(|(at, score)| scores::Criterion {
        name: w(),
        score,
        minimum: Some(some(at / 2)),
        below: at % 3 == 0,
        inverse: at % 2 == 0,
        inverse_label: w(),
        ..scores::Criterion::default()
    });
    let marks = scores::Scores { label: w(), scale: (a, b), criteria: criteria.collect() };
    let stages =
        each().map(|(at, _)| funnel::Stage { name: w(), href: (at % 2 == 0).then(w), count: some(at), ..funnel::Stage::default() });
    let counts = funnel::Funnel { label: w(), stages: stages.collect() };
    let stays =
        each().map(|(at, to)| timeline::Stay { name: w(), from: some(at / 2), to, on_hold: at % 2 == 0, ..timeline::Stay::default() });
    let end = |at| Tick { at, label: w() };
    let life = timeline::Timeline { label: w(), from: end(a), to: end(b), stays: stays.collect() };
    let cells =
        |rows: usize| each().take(rows).map(|(at, _)| matrix::Cell { count: some(at), label: w(), href: (at % 2 == 0).then(w) }).collect();
    let rows = each().map(|(at, _)| matrix::Row { label: w(), href: None, cells: cells(at) });
    let columns = each().take(5).map(|(at, _)| matrix::Column { label: w(), status: Some(status(at)) });
    let grid = matrix::Matrix { label: w(), corner: w(), columns: columns.collect(), rows: rows.collect() };
    let deadlines = each().map(|(at, _)| renewals::Deadline {
        name: w(),
        href: Some(w()),
        at: some(at),
        window: [renewals::Window::Later, renewals::Window::Due, renewals::Window::Overdue][at % 3],
        ..renewals::Deadline::default()
    });
    let year = renewals::Renewals { label: w(), months: vec![w(); 12], today: a, deadlines: deadlines.collect() };
    let dangers = each().map(|(at, _)| risks::Risk { text: w(), likelihood: level(at), impact: level(at / 4), note: w() });
    let field = risks::Risks { label: w(), risks: dangers.collect() };
    let deals = each().map(|(at, _)| exchange::Deal { ours: w(), theirs: if at % 2 == 0 { w() } else { "".into() }, together: w() });
    let trade = exchange::Exchange { label: w(), us: w(), them: w(), deals: deals.collect() };
    let forums =
        each().map(|(at, _)| governance::Forum { name: w(), attendees: vec![w(); at % 4], purpose: w(), ..governance::Forum::default() });
    let order = governance::Governance { label: w(), forums: forums.collect(), escalation: vec![w(); numbers.len()] };

    vec![
        drawn("sparkline", &|out| sparkline::render(out, &line)),
        drawn("history", &|out| history::render(out, &past)),
        drawn("gauge", &|out| gauge::render(out, &health)),
        drawn("scores", &|out| scores::render(out, &marks)),
        drawn("funnel", &|out| funnel::render(out, &counts)),
        drawn("timeline", &|out| timeline::render(out, &life)),
        drawn("matrix", &|out| matrix::render(out, &grid)),
        drawn("renewals", &|out| renewals::render(out, &year)),
        drawn("risks", &|out| risks::render(out, &field)),
        drawn("exchange", &|out| exchange::render(out, &trade)),
        drawn("governance", &|out| governance::render(out, &order)),
    ]
}

/// Walks the tags: each is closed in its turn, attributes come once, and nothing is left open.
fn whole(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').ok_or_else(|| format!("no end of tag: {piece}"))?;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing in {html}"));
            }
            continue;
        }
        let mut names: Vec<&str> = tag.split('"').step_by(2).filter_map(|p| p.trim().strip_suffix('=')).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) || names.contains(&"id") || names.contains(&"style") {
            return Err(format!("attributes of <{tag}>"));
        }
        if tag.matches('"').count() % 2 != 0 {
            return Err(format!("quotes of <{tag}>"));
        }
        if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?} in {html}")) }
}

/// All coordinates are short, finite numbers with one decimal at most.
fn plain_numbers(html: &str) -> Result<(), String> {
    for name in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "d", "pathLength"] {
        for at in html.split(&format!(" {name}=\"")).skip(1) {
            let value = at.split('"').next().unwrap_or_default();
            let decimals = value.split('.').skip(1).map(|p| p.chars().take_while(char::is_ascii_digit).count());
            if value.is_empty() || value.contains("NaN") || value.contains("inf") || value.contains('e') || decimals.max() > Some(1) {
                return Err(format!("{name}=\"{value}\""));
            }
        }
    }
    Ok(())
}

fn numbers() -> impl Strategy<Value = Vec<Option<f64>>> {
    let odd = prop::sample::select(vec![0.0, -0.0, 1e28, -1e28, f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, 100.0]);
    let number = prop_oneof![prop::num::f64::ANY, odd, -1000.0..1000.0];
    prop::collection::vec(prop::option::weighted(0.8, number), 0..50)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn charts_hold(numbers in numbers(), words in "[ -~é\u{5d0}]{0,12}") {
        for (name, html) in all(&numbers, &words) {
            prop_assert!(whole(&html).is_ok(), "{name}: {:?}", whole(&html));
            prop_assert!(plain_numbers(&html).is_ok(), "{name}: {:?}", plain_numbers(&html));
            let bound = 1000 + numbers.len() * 1000;
            prop_assert!(html.len() < bound, "{name}: {} bytes of {} numbers", html.len(), numbers.len());
        }
    }
}

#[test]
fn every_chart_says_what_it_shows() {
    for count in [1, 2, 7] {
        for (name, html) in all(&vec![Some(4.5); count], "Words & \"more\"") {
            let said = "Words &amp; &quot;more&quot;";
            let alternative = [format!("aria-label=\"{said}\""), format!("<caption class=\"vh\">{said}</caption>")];
            assert!(alternative.iter().any(|a| html.contains(a)), "{name}: {html}");
            for svg in html.split("<svg").skip(1) {
                let inner = svg.starts_with(" x=\"") || svg.starts_with(" viewBox=\"0 0 100 160\"");
                let tag = svg.split('>').next().unwrap();
                assert!(inner || tag.contains("aria-hidden=\"true\"") || tag.contains("role=\"img\""), "{name}: <svg{tag}>");
            }
        }
    }
}

#[test]
fn nothing_is_said_in_words() {
    for (name, html) in all(&[], "x") {
        assert!(html.contains("class=\"none\"") || html.contains("role=\"img\""), "{name}: {html}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let numbers: Vec<_> = (0..20).map(|i| (i % 5 != 0).then_some(f64::from(i) * 0.1)).collect();
    assert_eq!(all(&numbers, "a"), all(&numbers, "a"));
}
