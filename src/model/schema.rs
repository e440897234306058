//! The schemas of the files of a workspace, and the words that its settings put into them.

use super::issue::Issue;
use super::kpi::{Category, DEFAULTS};
use super::measuring::HEALTH_CATEGORIES;
use super::page::PageMeta;
use super::partner::Partner;
use super::playbook::{Person, Playbook};
use super::review::Review;
use super::settings::Settings;
use super::settings_file::{Phase, SettingsFile};
use crate::content::read::Dict;
use crate::content::schema::{self, Form, Schema, Words};
use crate::text::slug;
use crate::vocabulary;

vocabulary! {
    /// A kind of file that has a schema.
    pub enum SchemaKind {
        /// Front matter of a partner.
        Partner = "partner",
        /// Front matter of a quarterly review.
        Review = "review",
        /// Front matter of an issue.
        Issue = "issue",
        /// Front matter of any other page.
        Page = "page",
        /// Settings.
        Settings = "settings",
        /// People.
        People = "people",
        /// A playbook.
        Playbook = "playbook",
    }
}

impl SchemaKind {
    /// All kinds.
    pub const ALL: [SchemaKind; 7] = [
        SchemaKind::Partner,
        SchemaKind::Review,
        SchemaKind::Issue,
        SchemaKind::Page,
        SchemaKind::Settings,
        SchemaKind::People,
        SchemaKind::Playbook,
    ];

    /// The files of this kind.
    pub fn files(self) -> &'static str {
        match self {
            SchemaKind::Partner => "content/partners/*.md",
            SchemaKind::Review => "content/partners/*/qbr/*.md",
            SchemaKind::Issue => "content/partners/*/issues/*.md",
            SchemaKind::Page => "any other .md in content/",
            SchemaKind::Settings => "partnerbook.yaml",
            SchemaKind::People => "content/people.yaml",
            SchemaKind::Playbook => "content/playbooks/*.yaml",
        }
    }

    /// The schema of files of this kind, with these words. `comment` says where they are from.
    pub fn schema(self, words: &Words, comment: &str) -> Schema {
        let of_file = match self {
            SchemaKind::Partner => schema::of_file::<Partner>,
            SchemaKind::Review => schema::of_file::<Review>,
            SchemaKind::Issue => schema::of_file::<Issue>,
            SchemaKind::Page => schema::of_file::<PageMeta>,
            SchemaKind::Settings => schema::of_file::<SettingsFile>,
            SchemaKind::People => schema::of_file::<Dict<Person>>,
            SchemaKind::Playbook => schema::of_file::<Playbook>,
        };
        let about = Self::ABOUT[self as usize].trim().trim_end_matches('.');
        of_file(words, &format!("{about} ({}).", self.files()), comment)
    }
}

/// The words of a workspace: what its settings define, and what every workspace has.
pub fn words(settings: &Settings) -> Words {
    let mut words = Words::default();
    let stages = || settings.stages.iter().map(|stage| (stage.id.clone(), joined(&stage.title, &stage.objective)));
    let owned = |(word, about): (&str, &str)| (word.to_owned(), about.to_owned());
    words.add(Form::Stage, stages());
    words.add(Form::StageOrPhase, stages().chain(Phase::WORDS.iter().copied().zip(Phase::ABOUT.iter().copied()).map(owned)));
    let ways =
        [("next", "To the next stage"), ("stay", "Stays in the stage"), ("back", "To the stage before"), ("exit", "Leaves the lifecycle")];
    words.add(Form::Way, ways.into_iter().map(owned).chain(stages()));
    words.add(
        Form::Model,
        settings.models.iter().map(|model| (model.id.clone(), joined(&model.title, model.exchange.as_deref().unwrap_or_default()))),
    );
    words.add(
        Form::Tier,
        settings.tiers.iter().map(|tier| (tier.id.clone(), joined(&tier.title, tier.weeks.as_deref().unwrap_or_default()))),
    );
    words.add(Form::Criterion, settings.criteria.iter().map(|criterion| (criterion.id.clone(), criterion.name.clone())));
    let own = settings.kpis.iter().map(|(id, kpi)| (id.to_owned(), kpi.name.clone().unwrap_or_else(|| slug::title(id))));
    words.add(Form::Kpi, own.chain(DEFAULTS.iter().map(|(id, name, ..)| owned((id, name)))));
    words.add(Form::Category, HEALTH_CATEGORIES.iter().map(|category| owned((category.word(), Category::ABOUT[*category as usize]))));
    words
}

/// A name and what there is to say of it.
fn joined(name: &str, more: &str) -> String {
    if more.is_empty() { name.to_owned() } else { format!("{name}: {more}") }
}
