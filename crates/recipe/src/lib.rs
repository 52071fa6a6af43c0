//! What a stored picture keeps so that it can be made again: [`recipe`], its one form as JSON ([`canonical`]), and its
//! place in the picture's file ([`metadata`]).

pub mod canonical;
mod json;
pub mod metadata;
pub mod recipe;
