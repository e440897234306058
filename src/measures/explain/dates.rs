//! What follows from dates: the renewal, the age in a stage, the next review, and maturity.

use super::{Explanation, OfPartner, Source};
use crate::measures::reviews;
use crate::measures::stage::{is_on_hold, quarter_of};
use crate::measures::words::days;
use crate::model::period::Period;
use crate::model::settings::Stage;

impl OfPartner<'_> {
    /// The deadline of the agreement.
    pub fn renewal(&self) -> Explanation {
        let term = self.partner.data.term.as_ref();
        let result = match self.measures.renewal {
            Some(renewal) => {
                let when = match renewal.days {
                    away @ ..0 => format!("{} ago", days(-away)),
                    0 => "today".to_owned(),
                    away => format!("in {}", days(away)),
                };
                let word = renewal.window.map_or_else(|| "not near yet".to_owned(), |window| window.word().to_owned());
                format!("{}, {when}, {word}", renewal.deadline)
            }
            None if self.measures.is_exited => "none, since the partner has left".to_owned(),
            None => "none, since no end of the term is written".to_owned(),
        };
        let mut made = Explanation::new("Renewal", result)
            .by("the end of the term, or where it renews by itself as many days earlier as notice takes; 90 to 61 days ahead it is approaching, 60 to 0 due, later overdue");
        let Some(end) = term.and_then(|term| term.end) else {
            made.formula.clear();
            return made;
        };
        made.input("end of the term", end.to_string(), self.own(&["term", "end"]));
        let renews = term.is_some_and(|term| term.auto_renew == Some(true));
        made.input("renews by itself", if renews { "yes" } else { "no" }, self.own(&["term", "auto_renew"]));
        let notice = term.and_then(|term| term.notice_days).unwrap_or(0);
        if renews {
            made.input("notice", days(i32::try_from(notice).unwrap_or(i32::MAX)), self.own(&["term", "notice_days"]));
        }
        made.input("today", self.as_of().to_string(), Source::Day);
        if let Some(renewal) = self.measures.renewal {
            let deadline = if renews { format!("{end} − {notice} days = {}; ", renewal.deadline) } else { String::new() };
            made.worked = format!("{deadline}{} − {} = {}", renewal.deadline, self.as_of(), days(renewal.days));
        }
        made
    }

    /// How long the partner has been in its stage.
    pub fn stage_age(&self) -> Explanation {
        let (age, data) = (&self.measures.stage, &self.partner.data);
        let stage = self.partner.stage.and_then(|at| self.context.settings.stages.get(at));
        let title = stage.map_or_else(|| data.current_stage().unwrap_or("no stage").to_owned(), |stage| stage.title.clone());
        let result = match (age.days, age.on_hold) {
            (_, true) => format!("{title}; on hold, so it does not age"),
            (Some(count), _) if age.is_over() => format!("{title} for {}, too long", days(count)),
            (Some(count), _) => format!("{title} for {}", days(count)),
            (None, _) => format!("{title}; nobody says since when"),
        };
        let mut made = Explanation::new("Age in the stage", result).by("today − the day on which the stage was entered");
        let last = data.lifecycle.len().saturating_sub(1).to_string();
        if let Some(entered) = age.entered {
            made.input("entered", entered.to_string(), self.own(&["lifecycle", &last, "entered"]));
            made.input("today", self.as_of().to_string(), Source::Day);
            if let Some(count) = age.days {
                made.worked = format!("{} − {entered} = {}", self.as_of(), days(count));
            }
        } else {
            made.formula.clear();
            let key = if data.stage.is_some() { "stage" } else { "lifecycle" };
            made.input("stage", title, self.own(&[key]));
            made.note("The last move of `lifecycle` has to lead to this stage and to say when it was `entered`.");
        }
        if let (Some(most), Some(stage)) = (age.max_days, stage) {
            made.input("longest stay", days(i32::try_from(most).unwrap_or(i32::MAX)), self.longest_stay(stage));
        }
        if is_on_hold(data, self.as_of()) {
            match &data.on_hold {
                Some(hold) => {
                    let until = hold.until.map_or_else(|| "with no end".to_owned(), |until| format!("until {until}"));
                    made.input("on hold", until, self.own(&["on_hold", "until"]));
                }
                None => made.input("status", "on-hold", self.own(&["status"])),
            }
        }
        made
    }

    fn longest_stay(&self, stage: &Stage) -> Source {
        match stage.place {
            Some(place) => self.settings(&["lifecycle", "stages", &place.to_string(), "max_days"]),
            None => Source::Default,
        }
    }

    /// The next review.
    pub fn next_review(&self) -> Explanation {
        let result = match self.measures.next_review {
            Some(next) if next.is_overdue => format!("{}, overdue since {}", next.quarter.title(), next.overdue_from),
            Some(next) => format!("{}, overdue from {} on", next.quarter.title(), next.overdue_from),
            None if self.measures.is_exited => "none, since the partner has left".to_owned(),
            None => "none, since there is no review to come after".to_owned(),
        };
        let mut made =
            Explanation::new("Next review", result).by("the quarter after that of the last review; overdue 30 days after its end");
        let Some((period, source)) = self.last_review() else {
            made.formula.clear();
            return made;
        };
        made.input("last review", period.title(), source);
        let start = self.context.fiscal_year_start();
        let seen = reviews::looked_back_on(&self.context, &self.partner.data);
        if let (Some(day), true) = (self.partner.data.reviewed, seen > quarter_of(period, start)) {
            made.formula("the first quarter that was not over when the partnership was last looked at; overdue 30 days after its end");
            made.input("last looked at", day.to_string(), self.own(&["reviewed"]));
        }
        made.input("today", self.as_of().to_string(), Source::Day);
        if let Some(next) = self.measures.next_review
            && let Some(end) = next.quarter.last_day(self.context.fiscal_year_start())
        {
            made.worked = format!("{} ends on {end}; {end} + 30 days = {}", next.quarter.title(), next.overdue_from);
        }
        if self.context.fiscal_year_start() != 1 {
            let month = self.context.fiscal_year_start().to_string();
            made.input("fiscal years start in month", month, self.settings(&["fiscal_year_start"]));
        }
        made
    }

    /// The newest review that was held and is on the site: its period and its file, whose name is the period.
    fn last_review(&self) -> Option<(Period, Source)> {
        let start = self.context.fiscal_year_start();
        let all = reviews::held(self.workspace, self.partner);
        let mut all: Vec<_> = all.filter_map(|(period, page)| Some((quarter_of(period, start)?, period, page))).collect();
        // They stand newest first, and of several for one quarter the newest counts.
        all.reverse();
        let (_, period, page) = all.into_iter().max_by_key(|(quarter, ..)| *quarter)?;
        Some((period, Source::File { path: page.path.clone(), line: 1 }))
    }

    /// How mature the partnership is.
    pub fn maturity(&self) -> Explanation {
        let result = self.measures.maturity.map_or("none, since it has not been launched", crate::measures::stage::Maturity::title);
        let mut made = Explanation::new("Maturity", result).by(
            "renewal in the last 90 days of the term; else from the launch on launch for 3 months, ramp-up for 3 more, then steady state",
        );
        let data = &self.partner.data;
        let launch = data.launch.as_ref().and_then(|launch| launch.date);
        let shown = launch.map_or_else(|| "none".to_owned(), |date| date.to_string());
        made.input("launch", shown, self.own(&["launch", "date"]));
        if let Some(end) = data.term.as_ref().and_then(|term| term.end) {
            made.input("end of the term", end.to_string(), self.own(&["term", "end"]));
        }
        made.input("today", self.as_of().to_string(), Source::Day);
        let since = launch.filter(|date| *date <= self.as_of()).and_then(|date| date.until((jiff::Unit::Month, self.as_of())).ok());
        if let Some(since) = since {
            made.worked = match since.get_months() {
                1 => "1 month since the launch".to_owned(),
                months => format!("{months} months since the launch"),
            };
        }
        made
    }
}
