//! Says what will and will not work before anybody pays: findings with a place, a sentence and often a fix.
//!
//! [`Linter`] reads what the person wrote, knowing what the builder appends, and looks at the parameters that will be
//! sent. What words mean (negators, light, cameras, contradictions) is data in `data/lint`. The lint is pure and total,
//! and takes time in proportion to the text.
//!
//! The reference quality specification asks for unretouched skin and for a light retouch. That is the product's own
//! text, so it is no finding by itself; it becomes a notice when the person's own words take one of the sides.

mod contradictions;
mod finding;
mod findings;
mod hits;
mod linter;
mod markup;
mod negation;
mod people;
mod phrases;
mod quality;
mod sentence;
mod settings;
mod words;

pub use finding::{Finding, Fix, LintCode, Severity, apply_fix};
pub use linter::Linter;

/// The most findings for one text. Whoever fixes these sees the next ones.
pub const MAX_FINDINGS: usize = 24;

/// The most words of a text that is not too long. Source: BFL's prompting guide, which advises 30 to 80.
pub const MAX_WORDS: usize = 80;
