//! When somebody must decide whether an agreement goes on.

use jiff::civil::Date;

use crate::model::agreement::Term;

/// How near the deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    /// In 90 to 61 days.
    Approaching,
    /// In 60 to 0 days.
    Due,
    /// Past.
    Overdue,
}

impl Window {
    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Window::Approaching => "approaching",
            Window::Due => "due",
            Window::Overdue => "overdue",
        }
    }
}

/// The renewal of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// The last day to decide: the end of the term or, where it renews by itself, `notice_days` before it.
    pub deadline: Date,
    /// Days from today to the deadline; negative once it is past.
    pub days: i32,
    /// How near it is; `None` while it is more than 90 days ahead.
    pub window: Option<Window>,
}

impl Renewal {
    /// The renewal of a term; `None` without an end, or where the notice reaches back past the calendar.
    pub fn new(term: &Term, as_of: Date) -> Option<Renewal> {
        let notice = term.notice_days.filter(|_| term.auto_renew == Some(true)).unwrap_or(0);
        let deadline = term.end?.checked_sub(jiff::Span::new().try_days(notice).ok()?).ok()?;
        let days = (deadline - as_of).get_days();
        let window = match days {
            ..0 => Some(Window::Overdue),
            0..=60 => Some(Window::Due),
            61..=90 => Some(Window::Approaching),
            _ => None,
        };
        Some(Renewal { deadline, days, window })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, partner, settings};
    use super::*;

    fn renewal(term: &str, as_of: &str) -> String {
        let partner = partner(&settings(""), &format!("term: {{{term}}}"));
        let found = partner.data.term.as_ref().and_then(|term| Renewal::new(term, day(as_of)));
        found.map_or("none".to_owned(), |found| format!("{} {} {}", found.deadline, found.days, found.window.map_or("-", Window::word)))
    }

    #[test]
    fn a_term_ends_or_renews_by_itself() {
        assert_eq!(renewal("end: 2027-01-07, notice_days: 60, auto_renew: false", "2026-11-20"), "2027-01-07 48 due");
        assert_eq!(renewal("end: 2027-01-07, notice_days: 60, auto_renew: true", "2026-11-20"), "2026-11-08 -12 overdue");
        assert_eq!(renewal("end: 2027-01-07, auto_renew: true", "2026-11-20"), "2027-01-07 48 due");
        assert_eq!(renewal("start: 2027-01-07", "2026-11-20"), "none");
    }

    #[test]
    fn windows_have_exact_ends() {
        let window = |as_of| renewal("end: 2026-12-31", as_of);
        assert_eq!(window("2026-10-01"), "2026-12-31 91 -");
        assert_eq!(
            (window("2026-10-02").as_str(), window("2026-10-31").as_str()),
            ("2026-12-31 90 approaching", "2026-12-31 61 approaching")
        );
        assert_eq!((window("2026-11-01").as_str(), window("2026-12-31").as_str()), ("2026-12-31 60 due", "2026-12-31 0 due"));
        assert_eq!(window("2027-01-01"), "2026-12-31 -1 overdue");
    }

    #[test]
    fn notice_before_the_calendar_begins() {
        assert_eq!(renewal("end: 2026-12-31, notice_days: 4294967295, auto_renew: true", "2026-11-20"), "none");
        assert_eq!(renewal("end: 9999-12-31", "0001-01-01"), "9999-12-31 3652058 -");
    }
}
