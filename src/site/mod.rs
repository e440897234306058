//! The site: which pages there are, and each of them as bytes. A page is rendered alone, when somebody asks for it.

pub mod exchange;
pub mod frame;
pub mod helpers;
pub mod patch;
pub mod publish;
pub mod render;
pub mod routes;
pub mod theme;

pub use render::Site;
