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
    /// The industry that the partner works in.
    industry: Option<String>,
    /// How many people work for the partner.
    employees: Option<Decimal>,
    /// The partner's yearly revenue.
    revenue: Option<Money>,
    /// The markets that the partner sells to.
    markets: Vec<String>,
    /// How far the partner has grown, such as series B or public.
    growth_stage: Option<String>,
}}

record! { /// A move into a stage.
pub struct Move short "stage" needs "stage" {
    /// The stage that was entered.
    stage: Option<String> = Stage,
    /// When the stage was entered.
    entered: Option<Date>,
    /// The decision that ended the stage, one of those that the settings name for it.
    decision: Option<String>,
    /// When that was decided.
    decided: Option<Date>,
    /// Who decided: a person's id, or a name.
    by: Option<String> = Person,
    /// Why it was decided so.
    reason: Option<String>,
    /// What the stage left behind: name to a file, page or web address.
    outputs: Dict<String>,
}}

record! { /// A pause.
pub struct OnHold short "reason" {
    /// Until when the partnership is paused.
    until: Option<Date>,
    /// Why it is paused.
    reason: Option<String>,
}}

record! { /// What the partnership is for.
pub struct Objective short "outcome" {
    /// What should come of the partnership.
    outcome: Option<String>,
    /// The id of the KPI that tells.
    metric: Option<String> = Kpi,
    /// What that KPI should reach.
    target: Option<Decimal>,
    /// By when.
    by: Option<Date>,
}}

record! { /// A goal.
pub struct Goal short "text" {
    /// What should be reached.
    text: Option<String>,
    /// By when.
    due: Option<Date>,
    /// The id of the KPI that tells.
    kpi: Option<String> = Kpi,
}}

record! { /// What is in it for whom.
pub struct Benefits {
    /// What is in it for us.
    us: Vec<String>,
    /// What is in it for the partner.
    partner: Vec<String>,
    /// What is in it for the customers of both.
    customer: Vec<String>,
}}

record! { /// One row of the value exchange.
pub struct Exchange {
    /// What we bring.
    we_provide: Option<String>,
    /// What the partner brings.
    they_provide: Option<String>,
    /// What comes of both together.
    joint_value: Option<String>,
}}

record! { /// One row of the pitch.
pub struct Pitch {
    /// What the partner wants.
    goal: Option<String>,
    /// What the partner fears.
    risk: Option<String>,
    /// What we offer.
    offer: Option<String>,
    /// Why the partner may believe it.
    proof: Option<String>,
    /// What we ask for.
    ask: Option<String>,
}}

record! { /// What each side puts in.
pub struct Investment {
    /// What we put in, in money.
    ours: Option<Money>,
    /// What the partner puts in, in money.
    theirs: Option<Money>,
}}

record! { /// What should come back.
pub struct Returns short "expected" {
    /// How much should come back to us.
    expected: Option<Money>,
    /// By when.
    by: Option<Date>,
}}

record! { /// A score for one criterion.
pub struct Score short "score" {
    /// The score, on the scale of the settings (1 to 5 unless they say otherwise).
    score: Option<Decimal>,
    /// Why this score was given.
    evidence: Option<String>,
    /// When the score was given.
    on: Option<Date>,
}}

record! { /// A customer account that both sides work on.
pub struct Account short "name" {
    /// The customer.
    name: Option<String>,
    /// Where the account stands.
    status: Option<String>,
    /// Whose doing it is, such as `sourced`, `influenced` or `co-sold`.
    attribution: Option<String>,
    /// The partner's share of the credit, in percent.
    credit: Option<Decimal>,
    /// What the account is worth.
    value: Option<Money>,
    /// The stage of the sale.
    stage: Option<String>,
}}

record! { /// A risk.
pub struct Risk short "risk" {
    /// What may go wrong.
    risk: Option<String>,
    /// How likely it is: L, M or H.
    likelihood: Option<Level>,
    /// How bad it would be: L, M or H.
    impact: Option<Level>,
    /// What is done about it.
    mitigation: Option<String>,
    /// Who watches the risk: a person's id, or a name.
    owner: Option<String> = Person,
}}

record! { /// A warning signal.
pub struct Signal short "type" {
    /// Which signal it is.
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
    /// What kind of expansion it is, such as a new region or product.
    kind as "type": Option<String>,
    /// What could be done.
    text: Option<String>,
    /// Where it stands.
    status: Option<String>,
    /// What it would be worth.
    value: Option<Money>,
}}

record! { /// Something learned in one stage that another should know.
pub struct Insight short "text" {
    /// The stage in which it was learned.
    from: Option<String> = Stage,
    /// The stage that should know of it.
    to: Option<String> = Stage,
    /// What was learned.
    text: Option<String>,
    /// What to do about it.
    action: Option<String>,
}}

record! { /// A run of a playbook.
pub struct PlaybookRun short "playbook" {
    /// Which playbook is run: its file's name or title.
    playbook: Option<String>,
    /// When the run was started.
    started: Option<Date>,
    /// When the run was finished.
    finished: Option<Date>,
    /// The steps of the playbook that are done.
    done: Vec<String>,
    /// The success criteria of the playbook that are met.
    met: Vec<String>,
}}

record! { /// How and why it ended.
pub struct Exit {
    /// Why the partnership ends.
    trigger: Option<Trigger>,
    /// When that was decided.
    decided: Option<Date>,
    /// Who decided: a person's id, or a name.
    by: Option<String> = Person,
    /// Who has approved: name to a date, or yes or no.
    approvals: Dict<Done>,
    /// What must be closed: name to yes or no.
    checklist: Dict<bool>,
}}

record! { /// A finding that the team lives with, for a time.
pub struct Waiver short "rule" {
    /// The rule or category, such as `kpi/stale`.
    rule: Option<String> = Rule,
    /// Why it is tolerated.
    reason: Option<String>,
    /// Who tolerates it: a person's id, or a name.
    by: Option<String> = Person,
    /// Until when it is tolerated.
    until: Option<Date>,
}}

record! {
    /// A partner.
    pub struct Partner needs "name" extra x {
        /// The name; the only thing that every partner must have.
        name: Option<String> = Name,
        /// Another id than the file's name.
        id: Option<String> = Id,
        /// Other names that links may use.
        aliases: Vec<String>,
        /// The partnership in one sentence.
        summary: Option<String>,
        /// The partner's own site: a web address or a bare domain.
        website: Option<String> = Website,
        /// Facts about the partner's business.
        profile: Option<Profile>,
        /// Free tags; those that differ only in case share a page.
        tags: Vec<String>,
        /// Relations to other partners: any kind, to ids, names or aliases.
        relations: Dict<Vec<String>>,
        /// The stage of the lifecycle; where it is left out, the last one of `lifecycle`, and without that the first one there is.
        stage: Option<String> = Stage,
        /// The moves through the stages, oldest first.
        lifecycle: Vec<Move>,
        /// How the partnership is declared to stand.
        status: Option<Status>,
        /// A pause: until when, and why.
        on_hold: Option<OnHold>,
        /// The partnership model, one of the settings.
        model: Option<String> = Model,
        /// The tier, as a rule one of the settings.
        tier: Option<String> = Tier,
        /// Who owns the partnership: a person's id, or a name.
        owner: Option<String> = Person,
        /// When the partnership as a whole was last looked at.
        reviewed: Option<Date>,
        /// What the partnership is for, and the KPI that tells.
        objective: Option<Objective>,
        /// What should be reached, and by when.
        goals: Vec<Goal>,
        /// What is in it for us, for the partner and for customers.
        value: Option<Benefits>,
        /// Who gives what, row by row.
        exchange: Vec<Exchange>,
        /// The pitch to the partner, row by row.
        pitch: Vec<Pitch>,
        /// What each side puts in, in money.
        investment: Option<Investment>,
        /// What should come back to us, and by when.
        returns: Option<Returns>,
        /// Scores by criterion of the scoring model.
        scores by Criterion: Dict<Score>,
        /// KPIs by id: what differs from the definitions of the settings, targets and actuals.
        // `data/partners.json` has them joined with their definitions and all of their values; twice would be twice as long.
        #[serde(skip_serializing)]
        kpis by Kpi: Dict<Kpi>,
        /// Customers that both sides work on.
        accounts: Vec<Account>,
        /// Who has which role on both sides.
        roles: Vec<Role>,
        /// Who wants this to work on the partner's side.
        champion: Option<Champion>,
        /// Regular meetings by name: how often, how long, with whom.
        forums: Dict<Forum>,
        /// Meetings that were or were not held.
        meetings: Vec<Meeting>,
        /// Who decides what.
        decision_rights: Vec<DecisionRight>,
        /// The levels of escalation, lowest first.
        escalation: Vec<String>,
        /// Who has signed off: name to a date, or yes or no.
        signoffs: Dict<Done>,
        /// The agreement: what kind, when signed, where it is.
        agreement: Option<Agreement>,
        /// How long the agreement holds.
        term: Option<Term>,
        /// What to do when the term ends.
        renewal: Option<Renewal>,
        /// How money flows.
        commercial: Option<Commercial>,
        /// What only this partner may do.
        exclusivity: Option<Exclusivity>,
        /// Who owns what is made.
        ip: Option<Ip>,
        /// What holds when the partnership ends.
        exit_terms: Option<ExitTerms>,
        /// The deal that is being made.
        deal: Option<Deal>,
        /// The mutual action plan, step by step.
        plan: Vec<PlanStep>,
        /// The launch and what must be ready for it.
        launch: Option<Launch>,
        /// Milestones, by date or by time after the launch.
        milestones: Vec<Milestone>,
        /// The phases of the road map.
        roadmap: Vec<Phase>,
        /// What may go wrong.
        risks: Vec<Risk>,
        /// Warning signals that were seen.
        signals: Vec<Signal>,
        /// Ways to do more together.
        expansion: Vec<Expansion>,
        /// What was learned in one stage that another should know.
        insights: Vec<Insight>,
        /// What somebody has to do.
        actions: Vec<Action>,
        /// Runs of playbooks.
        playbooks: Vec<PlaybookRun>,
        /// How and why the partnership ended.
        exit: Option<Exit>,
        /// Findings that the team lives with, for a time.
        waive: Vec<Waiver>,
        /// Who may see the page; not applied yet.
        visibility: Option<Visibility>,
        /// Yes keeps the partner, with everything in its folder, off the site.
        draft: Option<bool>,
        /// Addresses that the page had, such as `old/plan.md`; they will lead to the new one.
        redirect_from: Vec<String> = OldAddress,
    }
}

impl Partner {
    /// The stage the partner is in: the declared one, else the last one entered.
    pub fn current_stage(&self) -> Option<&str> {
        self.stage.as_deref().or_else(|| self.lifecycle.iter().rev().find_map(|m| m.stage.as_deref()))
    }
}
