//! The door as a client sees it.
