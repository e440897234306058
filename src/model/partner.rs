//! A partner: everything that its file may say.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::agreement::{Agreement, Commercial, Exclusivity, ExitTerms, Ip, Renewal, Term};
use super::governance::{Champion, DecisionRight, Forum, Meeting, Role};
use super::kpi::Kpi;
use super::plan::{Deal, Launch, Milestone, Phase, PlanStep};
use super::values::{Action, Done, Level, Money};
use crate::content::read::Dict;
use crate::{record, vocabulary};

vocabulary! {
    /// How a partnership is declared to stand.
    pub enum Status {
        /// Goes on as planned.
        Active = "active",
        /// In danger.
        AtRisk = "at-risk",
        /// Better than planned.
        Thriving = "thriving",
        /// Being ended.
        Sunsetting = "sunsetting",
        /// Paused.
        OnHold = "on-hold",
    }
}

vocabulary! {
    /// Who may see a partner's page.
    pub enum Visibility {
        /// Our own people.
        Internal = "internal",
        /// The partner as well.
        Partner = "partner",
    }
}

vocabulary! {
    /// A warning signal.
    pub enum SignalKind {
        /// Results go down.
        Declining = "declining",
        /// The champion has gone.
        ChampionLost = "champion-lost",
        /// No answers.
        Unresponsive = "unresponsive",
        /// They partner with a competitor.
        CompetingPartnership = "competing-partnership",
        /// The two sides want different things.
        Misalignment = "misalignment",
        /// Customers complain.
        NegativeFeedback = "negative-feedback",
    }
}

vocabulary! {
    /// Why a partnership ends.
    pub enum Trigger {
        /// The value is gone.
        ValueGone = "value-gone",
        /// It was not carried out.
        ExecutionFailed = "execution-failed",
        /// Trust is broken.
        TrustBroken = "trust-broken",
        /// A strategy has changed.
        StrategyChanged = "strategy-changed",
        /// It did not pay.
        WeakRoi = "weak-roi",
    }
}

record! { /// Facts about the partner's business.
pub struct Profile {
    /// Industry.
    industry: Option<String>,
    /// Number of people who work there.
    employees: Option<Decimal>,
    /// Yearly revenue.
    revenue: Option<Money>,
    /// Markets.
    markets: Vec<String>,
    /// Stage of growth.
    growth_stage: Option<String>,
}}

record! { /// A move into a stage.
pub struct Move short "stage" {
    /// The stage that was entered.
    stage: Option<String>,
    /// When.
    entered: Option<Date>,
    /// The decision that ended it.
    decision: Option<String>,
    /// When that was decided.
    decided: Option<Date>,
    /// Who decided.
    by: Option<String>,
    /// Why.
    reason: Option<String>,
    /// What the stage left behind: name to link.
    outputs: Dict<String>,
}}

record! { /// A pause.
pub struct OnHold short "reason" {
    /// Until when.
    until: Option<Date>,
    /// Why.
    reason: Option<String>,
}}

record! { /// What the partnership is for.
pub struct Objective short "outcome" {
    /// What should come of it.
    outcome: Option<String>,
    /// The KPI that tells.
    metric: Option<String>,
    /// What that KPI should reach.
    target: Option<Decimal>,
    /// By when.
    by: Option<Date>,
}}

record! { /// A goal.
pub struct Goal short "text" {
    /// What.
    text: Option<String>,
    /// By when.
    due: Option<Date>,
    /// The KPI that tells.
    kpi: Option<String>,
}}

record! { /// What is in it for whom.
pub struct Benefits {
    /// For us.
    us: Vec<String>,
    /// For the partner.
    partner: Vec<String>,
    /// For the customer.
    customer: Vec<String>,
}}

record! { /// One row of the value exchange.
pub struct Exchange {
    /// What we bring.
    we_provide: Option<String>,
    /// What they bring.
    they_provide: Option<String>,
    /// What comes of it.
    joint_value: Option<String>,
}}

record! { /// One row of the pitch.
pub struct Pitch {
    /// What they want.
    goal: Option<String>,
    /// What they fear.
    risk: Option<String>,
    /// What we offer.
    offer: Option<String>,
    /// Why they may believe it.
    proof: Option<String>,
    /// What we ask for.
    ask: Option<String>,
}}

record! { /// What each side puts in.
pub struct Investment {
    /// Ours.
    ours: Option<Money>,
    /// Theirs.
    theirs: Option<Money>,
}}

record! { /// What should come back.
pub struct Returns short "expected" {
    /// How much.
    expected: Option<Money>,
    /// By when.
    by: Option<Date>,
}}

record! { /// A score for one criterion.
pub struct Score short "score" {
    /// The score.
    score: Option<Decimal>,
    /// Why.
    evidence: Option<String>,
    /// When it was given.
    on: Option<Date>,
}}

record! { /// A customer account that both sides work on.
pub struct Account short "name" {
    /// The customer.
    name: Option<String>,
    /// Where it stands.
    status: Option<String>,
    /// Whose doing it is.
    attribution: Option<String>,
    /// The partner's share of the credit, in percent.
    credit: Option<Decimal>,
    /// What it is worth.
    value: Option<Money>,
    /// The stage of the sale.
    stage: Option<String>,
}}

record! { /// A risk.
pub struct Risk short "risk" {
    /// What may go wrong.
    risk: Option<String>,
    /// How likely: L, M or H.
    likelihood: Option<Level>,
    /// How bad: L, M or H.
    impact: Option<Level>,
    /// What is done about it.
    mitigation: Option<String>,
    /// Who watches it.
    owner: Option<String>,
}}

record! { /// A warning signal.
pub struct Signal short "type" {
    /// Which.
    kind as "type": Option<SignalKind>,
    /// When it was seen.
    date: Option<Date>,
    /// What was seen.
    evidence: Option<String>,
    /// When it was over.
    cleared: Option<Date>,
}}

record! { /// A way to do more.
pub struct Expansion short "text" {
    /// Of which kind.
    kind as "type": Option<String>,
    /// What.
    text: Option<String>,
    /// Where it stands.
    status: Option<String>,
    /// What it is worth.
    value: Option<Money>,
}}

record! { /// Something learned in one stage that another should know.
pub struct Insight short "text" {
    /// The stage where it was learned.
    from: Option<String>,
    /// The stage that should know.
    to: Option<String>,
    /// What.
    text: Option<String>,
    /// What to do.
    action: Option<String>,
}}

record! { /// A run of a playbook.
pub struct PlaybookRun short "playbook" {
    /// Which.
    playbook: Option<String>,
    /// When it was started.
    started: Option<Date>,
    /// When it was finished.
    finished: Option<Date>,
    /// Steps done.
    done: Vec<String>,
    /// Criteria met.
    met: Vec<String>,
}}

record! { /// How and why it ended.
pub struct Exit {
    /// Why.
    trigger: Option<Trigger>,
    /// When it was decided.
    decided: Option<Date>,
    /// Who decided.
    by: Option<String>,
    /// Who has approved.
    approvals: Dict<Done>,
    /// What must be closed.
    checklist: Dict<bool>,
}}

record! { /// A finding that the team lives with, for a time.
pub struct Waiver short "rule" {
    /// The rule.
    rule: Option<String>,
    /// Why.
    reason: Option<String>,
    /// Who says so.
    by: Option<String>,
    /// Until when.
    until: Option<Date>,
}}

record! {
    /// A partner.
    pub struct Partner extra x {
        /// The name; the only thing that every partner must have.
        name: Option<String>,
        /// Another id than the file's name.
        id: Option<String>,
        /// Other names that links may use.
        aliases: Vec<String>,
        /// One sentence.
        summary: Option<String>,
        /// The partner's own site.
        website: Option<String>,
        /// Facts about the partner's business.
        profile: Option<Profile>,
        /// Free tags.
        tags: Vec<String>,
        /// Relations to other partners: kind to ids, names or aliases.
        relations: Dict<Vec<String>>,
        /// The stage; may be left out where `lifecycle` tells it.
        stage: Option<String>,
        /// The moves through the stages, oldest first.
        lifecycle: Vec<Move>,
        /// How it is declared to stand.
        status: Option<Status>,
        /// A pause.
        on_hold: Option<OnHold>,
        /// The partnership model.
        model: Option<String>,
        /// The tier.
        tier: Option<String>,
        /// Who owns it: a person's id, or a name.
        owner: Option<String>,
        /// When the partnership as a whole was last looked at.
        reviewed: Option<Date>,
        /// What it is for.
        objective: Option<Objective>,
        /// Goals.
        goals: Vec<Goal>,
        /// What is in it for whom.
        value: Option<Benefits>,
        /// The value exchange.
        exchange: Vec<Exchange>,
        /// The pitch.
        pitch: Vec<Pitch>,
        /// What each side puts in.
        investment: Option<Investment>,
        /// What should come back.
        returns: Option<Returns>,
        /// Scores by criterion.
        scores: Dict<Score>,
        /// KPIs by id.
        // `data/partners.json` has them joined with their definitions and all of their values; twice would be twice as long.
        #[serde(skip_serializing)]
        kpis: Dict<Kpi>,
        /// Joint accounts.
        accounts: Vec<Account>,
        /// Roles on both sides.
        roles: Vec<Role>,
        /// The champion.
        champion: Option<Champion>,
        /// Regular meetings by name.
        forums: Dict<Forum>,
        /// Meetings.
        meetings: Vec<Meeting>,
        /// Who decides what.
        decision_rights: Vec<DecisionRight>,
        /// The levels of escalation, lowest first.
        escalation: Vec<String>,
        /// Sign-offs.
        signoffs: Dict<Done>,
        /// The agreement.
        agreement: Option<Agreement>,
        /// Its term.
        term: Option<Term>,
        /// Preparing for its end.
        renewal: Option<Renewal>,
        /// How money flows.
        commercial: Option<Commercial>,
        /// What only this partner may do.
        exclusivity: Option<Exclusivity>,
        /// Who owns what was made.
        ip: Option<Ip>,
        /// What holds when it ends.
        exit_terms: Option<ExitTerms>,
        /// The deal being made.
        deal: Option<Deal>,
        /// The mutual action plan.
        plan: Vec<PlanStep>,
        /// The launch.
        launch: Option<Launch>,
        /// Milestones.
        milestones: Vec<Milestone>,
        /// The road map.
        roadmap: Vec<Phase>,
        /// Risks.
        risks: Vec<Risk>,
        /// Warning signals.
        signals: Vec<Signal>,
        /// Ways to do more.
        expansion: Vec<Expansion>,
        /// What was learned.
        insights: Vec<Insight>,
        /// What somebody has to do.
        actions: Vec<Action>,
        /// Runs of playbooks.
        playbooks: Vec<PlaybookRun>,
        /// How and why it ended.
        exit: Option<Exit>,
        /// Findings that the team lives with.
        waive: Vec<Waiver>,
        /// Who may see the page.
        visibility: Option<Visibility>,
        /// True keeps it off the site.
        draft: Option<bool>,
        /// Addresses that lead here.
        redirect_from: Vec<String>,
    }
}

impl Partner {
    /// The stage the partner is in: the declared one, else the last one entered.
    pub fn current_stage(&self) -> Option<&str> {
        self.stage.as_deref().or_else(|| self.lifecycle.iter().rev().find_map(|m| m.stage.as_deref()))
    }
}
