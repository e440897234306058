//! Measures.
pub mod exact;
mod shown;

pub use exact::Exact;
