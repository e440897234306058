//! Measures.
pub mod attainment;
pub mod exact;
mod shown;
pub mod status;
pub mod trend;

pub use exact::Exact;
