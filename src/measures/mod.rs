//! Measures.
pub mod attainment;
pub mod coarser;
pub mod context;
pub mod exact;
mod goals;
pub mod series;
mod shown;
pub mod status;
#[cfg(test)]
mod testing;
pub mod trend;

pub use exact::Exact;
