//! Pages as they were when they could last be made, for the time in which their template is being changed.

use std::collections::{BTreeMap, VecDeque};

/// So many pages are kept.
const MOST: usize = 64;

/// The last good bytes of the pages that were shown last.
#[derive(Debug, Default)]
pub struct Kept {
    pages: BTreeMap<String, Vec<u8>>,
    order: VecDeque<String>,
}

impl Kept {
    /// Keeps a page.
    pub fn put(&mut self, at: &str, bytes: Vec<u8>) {
        if self.pages.insert(at.to_owned(), bytes).is_none() {
            self.order.push_back(at.to_owned());
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.pages.remove(&oldest);
        }
    }

    /// The page, as it was.
    pub fn get(&self, at: &str) -> Option<Vec<u8>> {
        self.pages.get(at).cloned()
    }
}
