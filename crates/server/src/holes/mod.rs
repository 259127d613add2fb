//! The security regression suite: what must never work, asked of whole servers over the wire.
//!
//! Three generated matrices (who may call, which tenant is touched, what hostile bodies do) cover
//! every operation of the model, whether it is built yet or not; one test for each hole that was
//! found in other servers stands in [`emulator_holes`].

mod at_rest;
mod emulator_holes;
mod enumeration;
mod equal_work;
mod guesses;
mod guessing;
mod input;
mod isolation;
mod matrix;
mod waiting;
