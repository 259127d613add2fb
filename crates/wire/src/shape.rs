//! Constraint tables: what the model says about the form of a value. The tables themselves are generated.

use crate::pattern::Pattern;

/// One shape of the model.
#[derive(Debug)]
pub struct Shape {
    /// The shape's name in the model.
    pub name: &'static str,
    /// What kind of value it is, with the shapes inside it.
    pub kind: Kind,
    /// Smallest length of a string, list, map or blob; smallest value of a number.
    pub min: Option<i64>,
    /// Largest length or value.
    pub max: Option<i64>,
    /// What a string must match.
    pub pattern: Option<&'static Pattern>,
    /// Values of this shape, and of shapes inside it, are not shown in messages.
    pub sensitive: bool,
}

/// Kinds of values.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// An object with known members, in the order of the model.
    Structure(&'static [Member]),
    /// An array of one shape.
    List(&'static Shape),
    /// An object with any keys: the shape of the keys, and that of the values.
    Map(&'static Shape, &'static Shape),
    /// A string.
    String,
    /// A string out of a set, in the order in which messages list it.
    Enumeration(&'static [&'static str]),
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// `true` or `false`.
    Boolean,
    /// A number of seconds since the epoch.
    Timestamp,
    /// A string of base64; its length is that of the bytes.
    Blob,
    /// Any JSON value.
    Document,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The member's name on the wire.
    pub name: &'static str,
    /// What it holds.
    pub shape: &'static Shape,
    /// Whether it must be there.
    pub required: bool,
}

impl Member {
    pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, required: true }
    }

    pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self { name, shape, required: false }
    }
}

impl Shape {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, min: None, max: None, pattern: None, sensitive: false }
    }

    pub(crate) const fn structure(name: &'static str, members: &'static [Member]) -> Self {
        Self::new(name, Kind::Structure(members))
    }

    pub(crate) const fn list(name: &'static str, element: &'static Shape) -> Self {
        Self::new(name, Kind::List(element))
    }

    pub(crate) const fn map(
        name: &'static str,
        key: &'static Shape,
        value: &'static Shape,
    ) -> Self {
        Self::new(name, Kind::Map(key, value))
    }

    pub(crate) const fn string(name: &'static str) -> Self {
        Self::new(name, Kind::String)
    }

    pub(crate) const fn enumeration(name: &'static str, values: &'static [&'static str]) -> Self {
        Self::new(name, Kind::Enumeration(values))
    }

    pub(crate) const fn integer(name: &'static str) -> Self {
        Self::new(name, Kind::Integer)
    }

    #[cfg_attr(not(test), expect(dead_code, reason = "only replies hold one today"))]
    pub(crate) const fn long(name: &'static str) -> Self {
        Self::new(name, Kind::Long)
    }

    pub(crate) const fn boolean(name: &'static str) -> Self {
        Self::new(name, Kind::Boolean)
    }

    #[cfg_attr(not(test), expect(dead_code, reason = "only replies hold one today"))]
    pub(crate) const fn timestamp(name: &'static str) -> Self {
        Self::new(name, Kind::Timestamp)
    }

    pub(crate) const fn blob(name: &'static str) -> Self {
        Self::new(name, Kind::Blob)
    }

    pub(crate) const fn document(name: &'static str) -> Self {
        Self::new(name, Kind::Document)
    }

    pub(crate) const fn at_least(mut self, min: i64) -> Self {
        self.min = Some(min);
        self
    }

    pub(crate) const fn at_most(mut self, max: i64) -> Self {
        self.max = Some(max);
        self
    }

    pub(crate) const fn matching(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    pub(crate) const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}
