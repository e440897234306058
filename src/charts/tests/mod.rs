//! What holds for all charts, whatever they are given.

mod gallery;
mod hostile;
