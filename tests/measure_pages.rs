//! The checked examples of the measures, as a reader sees them: the rows of scorecards and quarterly reviews, in their own words.
//!
//! Only what stands in a row counts, in which order, and not how it is marked up: each example names a few words of one row.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod common;

use std::path::Path;
use std::sync::OnceLock;

use common::DAY;
use common::site::unescape;
use partnerbook::site::Site;
use partnerbook::workspace::Workspace;

/// A page as its reader sees it.
struct Page {
    path: String,
    rows: Vec<String>,
}

/// The site of a fixture.
fn site(name: &'static str) -> &'static Site {
    static CALENDAR: OnceLock<Site> = OnceLock::new();
    static FISCAL: OnceLock<Site> = OnceLock::new();
    let once = if name == "fiscal" { &FISCAL } else { &CALENDAR };
    once.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/measures").join(name);
        Site::new(Workspace::load(&root, DAY.parse().unwrap(), false))
    })
}

fn page_of(name: &'static str, path: &str) -> Page {
    let site = site(name);
    let route = site.routes.all.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    let bytes = site.bytes(path, route).ok().flatten().unwrap();
    Page { path: path.to_owned(), rows: rows(std::str::from_utf8(&bytes).unwrap()) }
}

fn overview(partner: &str) -> Page {
    page_of("workspace", &format!("partners/{partner}.html"))
}

fn scorecard(partner: &str) -> Page {
    page_of("workspace", &format!("partners/{partner}/scorecard.html"))
}

fn review(partner: &str) -> Page {
    page_of("workspace", &format!("partners/{partner}/qbr/2026-Q3.html"))
}

/// What ends a row: everything that starts on a line of its own, but for the cells of a table and the values of a list.
const BLOCKS: [&str; 21] = [
    "tr", "table", "thead", "tbody", "li", "ul", "ol", "dl", "dt", "p", "div", "section", "figure", "details", "summary", "h1", "h2", "h3",
    "h4", "main", "header",
];

/// The words of a page, row by row, without drawings.
fn rows(html: &str) -> Vec<String> {
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let mut text = String::new();
    let mut drawn = false;
    for piece in main.split('<').skip(1) {
        match piece.split(|c: char| c.is_whitespace() || c == '>').next().unwrap() {
            "svg" => drawn = true,
            "/svg" => drawn = false,
            // Its value follows in the same row.
            "/dt" => text.push(' '),
            tag if BLOCKS.contains(&tag.trim_start_matches('/')) => text.push('\n'),
            _ => text.push(' '),
        }
        if !drawn {
            text.push_str(piece.split_once('>').map_or("", |(_, words)| words));
        }
    }
    let lines = text.lines().map(|line| unescape(line).split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

impl Page {
    /// Asserts that there is a row that starts with the first of these words and has the others, in this order.
    #[track_caller]
    fn says(&self, words: &[&str]) -> &Page {
        let holds = |row: &String| {
            let mut rest = row.strip_prefix(words[0]).map(|rest| rest.to_owned() + " ");
            for word in &words[1..] {
                rest = rest.and_then(|rest| rest.split_once(&format!(" {word} ")).map(|(_, after)| format!(" {after}")));
            }
            rest.is_some()
        };
        assert!(self.rows.iter().any(holds), "{} has no row {words:?}:\n{}", self.path, self.rows.join("\n"));
        self
    }

    /// Asserts that no row has these words.
    #[track_caller]
    fn never_says(&self, words: &str) -> &Page {
        let found: Vec<&String> = self.rows.iter().filter(|row| row.contains(words)).collect();
        assert!(found.is_empty(), "{}: {found:?}", self.path);
        self
    }
}

#[test]
fn rows_are_read_as_a_reader_does() {
    let html = "<main><table><tr><th>A</th><td>1 <b>x</b></td></tr><tr><td>B &amp; C</td></tr></table>\
                <dl><dt>Health</dt><dd>90 <svg><text>no</text></svg>green</dd></dl></main>";
    assert_eq!(rows(html), ["A 1 x", "B & C", "Health 90 green"]);
}

#[test]
fn revenue_under_its_target_and_better_than_before() {
    scorecard("aurora-labs")
        .says(&["Revenue generated", "Q3 2026", "USD 450,000", "USD 500,000", "90 % yellow", "improving +20 %"])
        .says(&["Q3 2026", "USD 450,000", "USD 500,000", "90 % yellow", "improving +20 %"])
        .says(&["Q2 2026", "USD 375,000", "USD 500,000", "75 % red", "new"]);
    review("aurora-labs").says(&["Revenue generated", "USD 450,000", "USD 500,000", "90 % yellow", "USD 375,000", "improving +20 %"]);
    overview("aurora-labs").says(&["Revenue generated", "Q3 2026", "USD 450,000", "USD 500,000", "90 % yellow", "improving +20 %"]);
}

#[test]
fn more_than_the_target_exactly_the_target_and_a_little_less() {
    for page in [scorecard("aurora-labs"), review("aurora-labs")] {
        page.says(&["Customers acquired", "62 customers", "50 customers", "124 % green", "new"])
            .says(&["Campaigns", "4 campaigns", "4 campaigns", "100 % green", "new"])
            .says(&["Partner satisfaction", "7.5 points", "8 points", "93.8 % yellow", "new"]);
    }
}

#[test]
fn targets_met_are_counted_and_are_not_called_health() {
    for page in [scorecard("aurora-labs"), review("aurora-labs")] {
        page.says(&["Targets met", "2 of 4"]).says(&["Health", "96.4 green"]);
    }
    scorecard("cobalt-systems").says(&["Targets met", "1 of 7"]).says(&["Health", "80.9 yellow"]);
}

#[test]
fn customers_referrals_and_campaigns() {
    for page in [scorecard("birchwood-media"), review("birchwood-media")] {
        page.says(&["Joint customers", "85 customers", "100 customers", "85 % yellow", "improving +41.7 %"])
            .says(&["Referrals out", "62 referrals", "50 referrals", "124 % green"])
            .says(&["Referrals in", "28 referrals", "50 referrals", "56 % red"])
            .says(&["Campaigns", "2 campaigns", "2 campaigns", "100 % green"])
            .says(&["Targets met", "2 of 4"])
            // Exactly as much is measured as must be.
            .says(&["Health", "85.2 yellow"]);
    }
    review("birchwood-media").says(&["Joint customers", "85 customers", "60 customers", "improving"]);
    scorecard("birchwood-media")
        .says(&["Operational", "Referrals out 100 %", "Referrals in 56 %", "Campaigns 100 %", "30", "100 %", "85.3"])
        .says(&["Health", "60 %", "85.2"]);
}

#[test]
fn a_gap_of_exactly_a_fifth_is_yellow_and_what_is_shown_does_not_cross_the_edge() {
    for page in [scorecard("cobalt-systems"), review("cobalt-systems")] {
        page.says(&["Mutual value", "2.4 points", "3 points", "80 % yellow"])
            .says(&["Meeting attendance", "0.8 %", "1 %", "80 % yellow"])
            .says(&["Integration adoption", "79.96", "100", "79.9 % red"])
            .says(&["Awareness", "99.96 %", "100 %", "99.9 % yellow"])
            .says(&["Leads", "33.7 leads", "40 leads", "84.3 % yellow"])
            .says(&["Lead conversion", "100.04 %", "100 %", "100 % green"])
            .says(&["Alignment of priorities", "1 point", "3 points", "33.3 % red"])
            .never_says("80 % red")
            .never_says("100 % yellow");
    }
}

#[test]
fn fewer_tickets_are_better() {
    for page in [scorecard("delta-support"), review("delta-support")] {
        page.says(&["Support tickets", "12 tickets", "10 tickets", "80 % yellow"])
            .says(&["Days to resolve an issue", "25 days", "10 days", "0 % red"])
            .says(&["Escalations", "8", "10", "120 % green"])
            .says(&["Outages", "0", "10", "200 % green"])
            .says(&["Refunds", "10", "10", "100 % green"])
            .says(&["Late replies", "20", "10", "0 % red"])
            .says(&["Complaints", "12.004", "10", "79.9 % red"])
            // 55 % is measured, so there is no number.
            .says(&["Health", "unknown"])
            .never_says("−50 % red");
    }
    scorecard("delta-support").says(&["Health", "55 %", "no number"]);
}

#[test]
fn a_weighted_score() {
    scorecard("elm-street-software")
        .says(&["Score", "4.3 of 5"])
        .says(&["Strategic fit", "50", "5", "2.5"])
        .says(&["Distribution", "30", "4", "1.2"])
        .says(&["Risk", "less is better", "20", "3", "0.6"])
        .says(&["Score", "100 %", "4.3 of 5", "86 %", "passed"]);
}

#[test]
fn too_little_is_scored() {
    scorecard("fjord-analytics")
        .says(&["Score", "not enough data"])
        .says(&["Strategic fit", "50", "5"])
        .says(&["Distribution", "not scored"])
        .says(&["Score", "50 %", "not enough data"])
        .never_says("5 of 5")
        .never_says("passed");
}

#[test]
fn health_from_four_categories() {
    scorecard("granite-cloud")
        .says(&["Business", "Leads 95 %", "30", "100 %", "95.0", "28.5"])
        .says(&["Operational", "Integration adoption 100 %", "30", "100 %", "100.0", "30"])
        .says(&["Relationship", "Partner satisfaction 90 %", "25", "100 %", "90.0", "22.5"])
        .says(&["Strategic", "Alignment of vision 80 %", "15", "100 %", "80.0", "12"])
        .says(&["Health", "100", "100 %", "93.0"])
        .says(&["Health", "93.0 green"])
        // What is more than reached is shown, and counts as reached.
        .says(&["Integration adoption", "60", "50", "120 % green"]);
    review("granite-cloud").says(&["Health", "93.0 green"]);
    overview("granite-cloud").says(&["Health", "93.0 green"]);
}

#[test]
fn health_without_one_of_them() {
    scorecard("harbor-logistics")
        .says(&["Strategic", "15", "0 %", "none"])
        .says(&["Health", "85", "85 %", "95.3"])
        .says(&["Health", "95.3 green"]);
    review("harbor-logistics").says(&["Health", "95.3 green"]).says(&["Targets met", "1 of 3"]);
}

#[test]
fn fiscal_quarters_and_bands_of_ones_own() {
    let scorecard = |partner: &str| page_of("fiscal", &format!("partners/{partner}/scorecard.html"));
    scorecard("quarta-quilts")
        .says(&["Customers acquired", "Q1 2027", "12 customers", "10 customers", "120 % green", "improving +50 %"])
        .says(&["Q4 2026", "8 customers", "10 customers", "80 % yellow"]);
    page_of("fiscal", "partners/quarta-quilts/qbr/2027-Q1.html").says(&[
        "Customers acquired",
        "12 customers",
        "10 customers",
        "120 % green",
        "8 customers",
        "improving +50 %",
    ]);
    // (40 × 85 + 20 × 85) ÷ 60 is on the edge, and 60 % of the weights are measured.
    scorecard("septima-foods").says(&["Health", "85.0 green"]).says(&["Health", "60 %", "85.0"]);
}
