//! Playbooks and people.

use crate::record;

record! { /// One step of a playbook.
pub struct PlaybookStep short "name" {
    /// What it is called.
    name: Option<String>,
    /// Its document: a path, an id or a name.
    template: Option<String>,
    /// What to do or to ask.
    prompt: Option<String>,
}}

record! {
    /// A playbook.
    pub struct Playbook extra x {
        /// What it is called.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// What to beware of.
        warning: Option<String>,
        /// The stage where it belongs.
        stage: Option<String>,
        /// Its steps.
        steps: Vec<PlaybookStep>,
        /// When it is done.
        success: Vec<String>,
    }
}

record! {
    /// A person.
    pub struct Person short "name" extra x {
        /// The name.
        name: Option<String>,
        /// The e-mail address.
        email: Option<String>,
        /// What they do.
        role: Option<String>,
        /// `us`, or the id of a partner.
        side: Option<String>,
        /// False when they have left.
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
