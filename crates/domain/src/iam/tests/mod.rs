//! The policy language's cases, its laws, and a second evaluator to compare with.

mod language;
mod laws;
mod reference;
mod table;
