//! Playbooks and people.

use crate::record;

record! { /// One step of a playbook.
pub struct PlaybookStep short "name" {
    /// What the step is called.
    name: Option<String>,
    /// The document of the step: a path from this file or from `content/`, an id or a name.
    template: Option<String>,
    /// What to do or to ask in this step.
    prompt: Option<String>,
}}

record! {
    /// A playbook.
    pub struct Playbook extra x {
        /// What the playbook is called.
        name: Option<String>,
        /// What the playbook is for.
        description: Option<String>,
        /// What to beware of.
        warning: Option<String>,
        /// The stage of the lifecycle in which the playbook is used.
        stage: Option<String> = StageOrPhase,
        /// The steps, in order.
        steps: Vec<PlaybookStep>,
        /// How to tell that the playbook has worked.
        success: Vec<String>,
    }
}

record! {
    /// A person.
    pub struct Person short "name" extra x {
        /// The person's name.
        name: Option<String>,
        /// The person's e-mail address.
        email: Option<String>,
        /// What the person does.
        role: Option<String>,
        /// Whom the person works for: `us`, or a partner's id, name or alias; `us` where it is left out.
        side: Option<String>,
        /// No when the person has left.
        active: Option<bool>,
    }
}

impl Person {
    /// True unless they have left.
    pub fn is_active(&self) -> bool {
        self.active != Some(false)
    }
    /// The id of the partner they work for; `None` for our own people.
    pub fn partner(&self) -> Option<&str> {
        self.side.as_deref().filter(|side| !side.eq_ignore_ascii_case("us"))
    }
}
