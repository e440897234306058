//! Risks by likelihood and impact: their numbers in a field of nine, and the list that they number.

use super::Text;
use super::parts::{label, notes, nothing, text};

/// How likely, or how bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Level {
    const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// One risk.
#[derive(Debug, Clone, Default)]
pub struct Risk<'a> {
    /// What may go wrong.
    pub text: Text<'a>,
    /// How likely it is.
    pub likelihood: Option<Level>,
    /// How bad it would be.
    pub impact: Option<Level>,
    /// What is done about it, and by whom.
    pub note: Text<'a>,
}

/// The risks, numbered in this order.
#[derive(Debug, Clone, Default)]
pub struct Risks<'a> {
    /// A sentence that says the same.
    pub label: Text<'a>,
    /// The risks.
    pub risks: Vec<Risk<'a>>,
}

/// Draws the field and the list.
pub fn render(out: &mut String, chart: &Risks) {
    if chart.risks.is_empty() {
        return nothing(out, "No risks are written down.");
    }
    out.push_str("<div class=\"ch-k9\" role=\"group\"");
    label(out, &chart.label);
    out.push_str("><table><thead><tr><td></td><th colspan=\"3\" scope=\"colgroup\">Likelihood</th></tr><tr><th scope=\"col\">Impact</th>");
    for likelihood in Level::ALL {
        out.push_str("<th scope=\"col\">");
        out.push_str(likelihood.word());
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for impact in Level::ALL.into_iter().rev() {
        out.push_str("<tr><th scope=\"row\">");
        out.push_str(impact.word());
        out.push_str("</th>");
        for likelihood in Level::ALL {
            cell(out, &chart.risks, likelihood, impact);
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table><ol>");
    for risk in &chart.risks {
        out.push_str("<li>");
        text(out, &risk.text);
        let rated = |name: &str, level: Option<Level>| format!("{name} {}", level.map_or("not rated", Level::word));
        notes(out, &[&rated("likelihood", risk.likelihood), &rated("impact", risk.impact), &risk.note]);
        out.push_str("</li>");
    }
    out.push_str("</ol></div>");
}

fn cell(out: &mut String, risks: &[Risk], likelihood: Level, impact: Level) {
    // From 0, where both are low, to 4, where both are high.
    out.push_str(match likelihood as u8 + impact as u8 {
        4 => "<td class=\"ch-4\">",
        3 => "<td class=\"ch-3\">",
        2 => "<td class=\"ch-2\">",
        1 => "<td class=\"ch-1\">",
        _ => "<td>",
    });
    for (at, _) in risks.iter().enumerate().filter(|(_, r)| r.likelihood == Some(likelihood) && r.impact == Some(impact)) {
        out.push_str("<b>");
        text(out, &(at + 1).to_string());
        out.push_str("</b> ");
    }
    out.push_str("</td>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_risk_stands_where_its_levels_meet() {
        let risk = |likelihood, impact| Risk { text: "Sale".into(), likelihood, impact, ..Risk::default() };
        let risks = vec![risk(Some(Level::Low), Some(Level::High)), risk(None, Some(Level::Low))];
        let mut out = String::new();
        render(&mut out, &Risks { label: "Two risks".into(), risks });
        assert!(out.contains("<th scope=\"row\">high</th><td class=\"ch-2\"><b>1</b> </td>"), "{out}");
        assert!(!out.contains("<b>2</b>"), "{out}");
        assert!(out.contains("likelihood not rated"), "{out}");
    }
}
