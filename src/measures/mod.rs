//! Measures.
pub mod attainment;
pub mod coarser;
pub mod context;
pub mod exact;
mod goals;
pub mod health;
pub mod renewal;
pub mod returns;
pub mod score;
pub mod series;
mod shown;
pub mod stage;
pub mod status;
pub mod targets;
#[cfg(test)]
mod testing;
pub mod trend;

pub use exact::Exact;
