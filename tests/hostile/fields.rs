//! Values that nobody expects: of another type, huge, negative, on days that are not in the calendar.

use std::fmt::Write as _;

use crate::common::{Space, grave};

#[test]
fn settings_of_another_type_are_reported_each_at_its_place() {
    let scalars = ["title", "company", "base_url", "edit_url", "theme", "language", "currency", "fiscal_year_start"];
    let mappings = ["fx", "lifecycle", "models", "tiers", "scoring", "kpis", "kpi_status", "health", "lint"];
    let mut text = String::new();
    let mut expected = Vec::new();
    for (at, key) in scalars.iter().chain(&mappings).enumerate() {
        let _ = writeln!(text, "{key}: [[a]]");
        expected.push((at + 1, key.len() + 3));
    }
    let built = Space::new().file("partnerbook.yaml", &text).build();
    assert_eq!(built.status, 1);
    let found: Vec<(usize, usize)> = built
        .findings
        .iter()
        .filter(|finding| finding.contains("error input/wrong-type"))
        .map(|finding| {
            let mut parts = finding.split([':', ' ']).skip(1).map(|n| n.parse().unwrap());
            (parts.next().unwrap(), parts.next().unwrap())
        })
        .collect();
    assert_eq!(found, expected, "{:#?}", built.findings);
    assert!(built.has("partners/sound.html"));
}

#[test]
fn settings_that_are_no_mapping_are_reported() {
    for (text, kind) in [("- a\n", "a list"), ("words\n", "text")] {
        let built = Space::new().file("partnerbook.yaml", text).build();
        assert_eq!(built.status, 1, "{text}");
        assert_eq!(built.findings.len(), 1);
        assert!(built.findings[0].starts_with("partnerbook.yaml:1:1 error input/wrong-type"), "{kind}: {:?}", built.findings);
        assert!(built.has("partners/sound.html"));
    }
}

#[test]
fn every_key_of_a_partner_takes_every_value() {
    let keys = [
        "id",
        "name",
        "aliases",
        "summary",
        "website",
        "profile",
        "tags",
        "relations",
        "stage",
        "lifecycle",
        "status",
        "on_hold",
        "model",
        "tier",
        "owner",
        "reviewed",
        "objective",
        "goals",
        "value",
        "exchange",
        "pitch",
        "investment",
        "returns",
        "scores",
        "kpis",
        "accounts",
        "roles",
        "champion",
        "forums",
        "meetings",
        "decision_rights",
        "escalation",
        "signoffs",
        "agreement",
        "term",
        "renewal",
        "commercial",
        "exclusivity",
        "ip",
        "exit_terms",
        "deal",
        "plan",
        "launch",
        "milestones",
        "roadmap",
        "risks",
        "signals",
        "expansion",
        "insights",
        "actions",
        "playbooks",
        "exit",
        "waive",
        "visibility",
        "draft",
        "redirect_from",
    ];
    let values = [
        "",
        "~",
        "text",
        "\"\"",
        "[]",
        "{}",
        "[a]",
        "[[a]]",
        "{a: b}",
        "{a: [b]}",
        "{a: {b: {c: d}}}",
        "[{a: b}]",
        "-1",
        "1e400",
        "0.1",
        "true",
        "2026-02-30",
        "9999-12-31",
        "{amount: x, currency: y}",
        "{~: ~}",
        "[~, ~]",
    ];
    let mut space = Space::new();
    for value in values {
        for key in keys {
            let name = if key == "name" { "" } else { "name: Acme\n" };
            let id = format!("{key}-{}", space_name(value));
            space = space.partner(&id, &format!("{name}{key}: {value}"), "");
        }
    }
    let site = space.site();
    for (path, route) in &site.routes.all {
        if let Err(finding) = site.render(path, route) {
            panic!("{path}: {}", finding.message);
        }
    }
    assert_eq!(
        site.workspace.partners.len() + 1,
        keys.len() * values.len() + 2 - site.workspace.findings.iter().filter(|f| f.rule.name == "input/duplicate-id").count(),
        "every one of them is read"
    );
}

fn space_name(value: &str) -> String {
    value.bytes().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn numbers_are_exact_or_refused() {
    let digits = "1234567890".repeat(4);
    let yaml = format!(
        "name: Acme\nprofile: {{employees: 1e400, revenue: {digits}}}\ntier: -1\nkpis:\n  revenue: {{target: -5, actuals: {{2026-Q1: -12.50, 2026-Q2: .inf, 2026-Q3: 0x10}}}}"
    );
    let built = Space::new().partner("acme", &yaml, "").build();
    assert_eq!(built.status, 1, "{}", built.said);
    assert_eq!(
        grave(&built.findings),
        [
            "content/partners/acme.md:3:22 error input/bad-value `profile.employees` takes a number, not `1e400`",
            &format!("content/partners/acme.md:3:38 error input/bad-value `profile.revenue` takes a number, not `{digits}`"),
            "content/partners/acme.md:6:61 error input/wrong-type `kpis.revenue.actuals.2026-Q2` takes a number, not `.inf`",
            "content/partners/acme.md:6:76 error input/bad-value `kpis.revenue.actuals.2026-Q3` takes a number, not `0x10`",
        ]
    );
    assert!(built.page("partners/acme.html").contains("−12.5"));
}

#[test]
fn sums_of_numbers_at_the_edge_do_not_overflow() {
    let most = "79228162514264337593543950335";
    let least = "0.0000000000000000000000000001";
    let yaml = format!(
        "name: Acme\nprofile: {{revenue: {{amount: {most}, currency: EUR}}, employees: {most}}}\nobjective: {{outcome: x, metric: revenue, target: {most}, by: 2026-12-31}}\ninvestment: {{ours: {most}, theirs: {most}}}\nreturns: {{expected: -{most}}}\nscores: {{strategic-fit: {most}, risk: -{most}, distribution: {least}}}\ncommercial: {{our_share: {most}, partner_share: {most}}}\nterm: {{start: 0001-01-01, end: 9999-12-31, notice_days: 4294967295}}\nlaunch: {{date: 9999-12-31}}\nmilestones: [{{name: a, due: 4294967295d}}, {{name: b, due: 9999y}}, {{name: c, due: 65535m}}]\naccounts: [{{name: a, status: open, credit: {most}, value: {most}}}, {{name: b, value: {most}}}]\nkpis:\n  revenue: {{target: {most}, baseline: -{most}, weight: {most}, actuals: {{2026-Q1: {most}, 2026-Q2: {most}, 2026-Q3: -{most}, 0001: {most}, 9999-12: {least}}}}}\n  leads: {{direction: {{range: [-{most}, {most}]}}, aggregate: average, target: {least}, actuals: {{2026-01: {most}, 2026-02: {most}}}}}"
    );
    let built = Space::new()
        .partner("acme", &yaml, "")
        .file("partnerbook.yaml", format!("fx: {{2026-Q3: {{EUR: {most}}}}}\nscoring: {{scale: [-{most}, {most}], criteria: {{risk: {{weight: {most}, inverse: true}}}}}}\nhealth: {{weights: {{business: {most}}}}}\nkpi_status: {{green: {most}, yellow: -{most}}}\nbase_url: https://x.example"))
        .build();
    assert!(built.has("partners/acme.html") && built.has("feed.xml"), "{}", built.said);
    let json: serde_json::Value = serde_json::from_slice(&built.pages["data/partners.json"]).unwrap();
    assert!(json.to_string().contains(most), "exact to the last digit");
}

#[test]
fn days_that_are_not_in_the_calendar_are_reported() {
    let yaml = "name: Acme\nreviewed: 0000-00-00\nlifecycle:\n  - {stage: research, entered: 2026-02-30}\nterm: {start: 2026-13-01, end: 9999-12-31}\nlaunch: {date: 20.11.2026}";
    Space::new().partner("acme", yaml, "").build().finds(&[
        "content/partners/acme.md:3:11 error input/bad-value `reviewed` takes a date, not `0000-00-00`",
        "content/partners/acme.md:5:32 error input/bad-value `lifecycle.entered` takes a date, not `2026-02-30`",
        "content/partners/acme.md:6:15 error input/bad-value `term.start` takes a date, not `2026-13-01`",
        "content/partners/acme.md:7:16 error input/bad-value `launch.date` takes a date, not `20.11.2026`",
    ]);
}

#[test]
fn a_workspace_can_be_looked_at_on_the_first_and_the_last_day() {
    for day in ["0001-01-01", "9999-12-31"] {
        let space = Space::new()
            .on(day)
            .file("content/partners/acme.md", include_str!("rich-partner.md"))
            .file("content/partners/beta.md", "---\nname: Beta\nlaunch: {date: 0001-01-01}\nterm: {start: 0001-01-01, end: 9999-12-31, notice_days: 4000000}\nlifecycle: [{stage: research, entered: 9999-12-31}]\n---\n")
            .file("content/partners/beta/qbr/9999-Q4.md", "---\ndate: 9999-12-31\n---\n")
            .file("content/partners/beta/qbr/0001-Q1.md", "---\ndate: 0001-01-01\n---\n")
            .file("content/partners/beta/issues/old.md", "---\nopened: 0001-01-01\nstatus: open\n---\n")
            .file("content/people.yaml", "dana: Dana\nkim: Kim\n")
            .file("partnerbook.yaml", "base_url: https://x.example\nfiscal_year_start: 12\n");
        let built = space.build();
        assert!(built.has("partners/acme.html") && built.has("feed.xml"), "{day}: {}", built.said);
    }
}

#[test]
fn a_day_that_is_no_day_is_wrong_usage() {
    let space = Space::new();
    for day in ["2026-02-30", "yesterday", "0000-01-01", "10000-01-01", ""] {
        let mut command = crate::common::build_command(&space.root(), &space.out(), &[]);
        let output = command.arg(format!("--as-of={day}")).output().unwrap();
        let expected = if day == "0000-01-01" { 0 } else { 2 };
        assert_eq!(crate::common::status(&output), expected, "{day}");
    }
}

#[test]
fn a_table_of_numbers_that_is_none_is_reported_where_it_breaks() {
    let header = "partner,kpi,period,actual,target,note\n";
    let rows = "sound,revenue,2026-Q1,12,,\n,revenue,2026-Q1,1,,\nsound,revenue,2026-Q7,1,,\nsound,revenue,2026-Q2,\"1,5\",,\nnobody,revenue,2026-Q1,1,,\nsound,revenue,2026-Q3,1e400,x,y,z\n\"open\n";
    let built = Space::new().file("content/metrics.csv", format!("{header}{rows}")).build();
    assert_eq!(built.status, 1);
    let places: Vec<&str> = built
        .findings
        .iter()
        .filter(|finding| finding.contains(" error "))
        .map(|finding| finding.split(" error").next().unwrap())
        .collect();
    for place in [3, 4, 5, 6, 7].map(|line| format!("content/metrics.csv:{line}:")) {
        assert!(places.iter().any(|p| p.starts_with(&place)), "{place} in {:#?}", built.findings);
    }
    assert!(!places.iter().any(|p| p.starts_with("content/metrics.csv:2:")), "{places:?}");
    assert!(built.page("partners/sound.html").contains("12"));
}
