//! Condition operators: what a statement demands of the request's [`Context`].
//!
//! A test is `operator { key: values }`. Its values are alternatives; a negated operator holds if
//! none of them fits. A missing key fails a positive operator and satisfies a negated one;
//! `IfExists` satisfies both. `ForAnyValue` asks for one value of the request that passes,
//! `ForAllValues` that all do, so a missing key fails the one and satisfies the other, whatever
//! `IfExists` says.

use std::net::IpAddr;

use ipnet::IpNet;

use super::arn::ArnPattern;
use super::context::Context;
use super::policy::Effect;
use super::template::{Pattern, Template};

/// One `operator { key: values }`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Test {
    operator: Operator,
    /// In lower case.
    key: String,
    wanted: Wanted,
}

/// An operator's name, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    kind: Kind,
    negated: bool,
    quantifier: Quantifier,
    if_exists: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantifier {
    /// No set operator.
    None,
    /// `ForAnyValue:`.
    Any,
    /// `ForAllValues:`.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Equals,
    EqualsIgnoreCase,
    Like,
    Numeric(Order),
    Date(Order),
    Bool,
    Binary,
    Address,
    Arn,
    Null,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equals,
    Less,
    LessEquals,
    Greater,
    GreaterEquals,
}

impl Order {
    fn holds<T: PartialOrd>(self, left: T, right: T) -> bool {
        match self {
            Self::Equals => left == right,
            Self::Less => left < right,
            Self::LessEquals => left <= right,
            Self::Greater => left > right,
            Self::GreaterEquals => left >= right,
        }
    }
}

/// The policy's values, read by the operator's kind.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Texts(Vec<Template>),
    Patterns(Vec<Pattern>),
    Numbers(Order, Vec<f64>),
    Instants(Order, Vec<jiff::Timestamp>),
    Bools(Vec<bool>),
    Bytes(Vec<Vec<u8>>),
    Networks(Vec<IpNet>),
    Arns(Vec<ArnPattern>),
}

/// Operator names in lower case: AWS does not mind their case.
const OPERATORS: [(&str, Kind, bool); 27] = [
    ("stringequals", Kind::Equals, false),
    ("stringnotequals", Kind::Equals, true),
    ("stringequalsignorecase", Kind::EqualsIgnoreCase, false),
    ("stringnotequalsignorecase", Kind::EqualsIgnoreCase, true),
    ("stringlike", Kind::Like, false),
    ("stringnotlike", Kind::Like, true),
    ("numericequals", Kind::Numeric(Order::Equals), false),
    ("numericnotequals", Kind::Numeric(Order::Equals), true),
    ("numericlessthan", Kind::Numeric(Order::Less), false),
    ("numericlessthanequals", Kind::Numeric(Order::LessEquals), false),
    ("numericgreaterthan", Kind::Numeric(Order::Greater), false),
    ("numericgreaterthanequals", Kind::Numeric(Order::GreaterEquals), false),
    ("dateequals", Kind::Date(Order::Equals), false),
    ("datenotequals", Kind::Date(Order::Equals), true),
    ("datelessthan", Kind::Date(Order::Less), false),
    ("datelessthanequals", Kind::Date(Order::LessEquals), false),
    ("dategreaterthan", Kind::Date(Order::Greater), false),
    ("dategreaterthanequals", Kind::Date(Order::GreaterEquals), false),
    ("bool", Kind::Bool, false),
    ("binaryequals", Kind::Binary, false),
    ("ipaddress", Kind::Address, false),
    ("notipaddress", Kind::Address, true),
    ("arnequals", Kind::Arn, false),
    ("arnlike", Kind::Arn, false),
    ("arnnotequals", Kind::Arn, true),
    ("arnnotlike", Kind::Arn, true),
    ("null", Kind::Null, false),
];

impl Operator {
    /// Reads an operator's name; `None` if there is no such operator.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let (quantifier, rest) = if let Some(rest) = lower.strip_prefix("foranyvalue:") {
            (Quantifier::Any, rest)
        } else if let Some(rest) = lower.strip_prefix("forallvalues:") {
            (Quantifier::All, rest)
        } else {
            (Quantifier::None, lower.as_str())
        };
        let (base, if_exists) =
            rest.strip_suffix("ifexists").map_or((rest, false), |base| (base, true));
        let (_, kind, negated) = *OPERATORS.iter().find(|(name, ..)| *name == base)?;
        if kind == Kind::Null && (if_exists || quantifier != Quantifier::None) {
            return None;
        }
        Some(Self { kind, negated, quantifier, if_exists })
    }

    /// Whether policy variables may stand in its values.
    pub(super) fn takes_variables(self) -> bool {
        matches!(self.kind, Kind::Equals | Kind::EqualsIgnoreCase | Kind::Like | Kind::Arn)
    }
}

impl Test {
    /// Reads the values of a test. The error is the value that does not fit the operator.
    pub(super) fn new(
        operator: Operator,
        key: &str,
        values: Vec<Template>,
    ) -> Result<Self, String> {
        let wanted = match operator.kind {
            Kind::Equals | Kind::EqualsIgnoreCase => Wanted::Texts(values),
            Kind::Like => Wanted::Patterns(values.into_iter().map(Pattern::new).collect()),
            Kind::Arn => Wanted::Arns(
                values
                    .into_iter()
                    .map(|value| ArnPattern::condition(value.clone()).ok_or(value.written()))
                    .collect::<Result<_, _>>()?,
            ),
            Kind::Numeric(order) => Wanted::Numbers(order, read(&values, number)?),
            Kind::Date(order) => Wanted::Instants(order, read(&values, instant)?),
            Kind::Bool | Kind::Null => Wanted::Bools(read(&values, boolean)?),
            Kind::Binary => Wanted::Bytes(read(&values, bytes)?),
            Kind::Address => Wanted::Networks(read(&values, network)?),
        };
        Ok(Self { operator, key: key.to_lowercase(), wanted })
    }

    /// Whether the request meets the demand, in a statement of this effect.
    pub(super) fn holds(&self, context: &Context, effect: Effect) -> bool {
        let values = context.get(&self.key);
        let Operator { kind, negated, quantifier, if_exists } = self.operator;
        if kind == Kind::Null {
            return self.fits(&values.is_empty().to_string(), context) == Some(true);
        }
        let passes = |value: &String| match self.fits(value, context) {
            Some(fits) => fits != negated,
            // What cannot be compared fits nothing, and must not help to be allowed.
            None => negated && effect == Effect::Deny,
        };
        match quantifier {
            Quantifier::Any => values.iter().any(passes),
            Quantifier::All => values.iter().all(passes),
            Quantifier::None if values.is_empty() => negated || if_exists,
            Quantifier::None if negated => values.iter().all(passes),
            Quantifier::None => values.iter().any(passes),
        }
    }

    /// Whether one of the policy's values fits a value of the request; `None` if that cannot be
    /// said: the request's value is of another type or a variable has no value.
    fn fits(&self, value: &str, context: &Context) -> Option<bool> {
        match &self.wanted {
            Wanted::Texts(texts) if self.operator.kind == Kind::EqualsIgnoreCase => {
                let value = value.to_lowercase();
                any(texts, |text| Some(text.text(context)?.to_lowercase() == value))
            }
            Wanted::Texts(texts) => any(texts, |text| Some(text.text(context)? == value)),
            Wanted::Patterns(patterns) => any(patterns, |pattern| pattern.matches(value, context)),
            Wanted::Arns(arns) => any(arns, |arn| arn.matches(value, context)),
            Wanted::Numbers(order, numbers) => {
                let value = number(value)?;
                any(numbers, |wanted| Some(order.holds(value, *wanted)))
            }
            Wanted::Instants(order, instants) => {
                let value = instant(value)?;
                any(instants, |wanted| Some(order.holds(value, *wanted)))
            }
            Wanted::Bools(bools) => {
                let value = boolean(value)?;
                any(bools, |wanted| Some(*wanted == value))
            }
            Wanted::Bytes(wanted) => {
                let value = bytes(value)?;
                any(wanted, |wanted| Some(*wanted == value))
            }
            Wanted::Networks(networks) => {
                let value = value.parse::<IpAddr>().ok()?.to_canonical();
                any(networks, |network| Some(network.contains(&value)))
            }
        }
    }
}

/// "Or" of three-valued answers: one yes is enough, otherwise one unknown makes it unknown.
fn any<T>(wanted: &[T], fits: impl Fn(&T) -> Option<bool>) -> Option<bool> {
    let mut answer = Some(false);
    for one in wanted {
        match fits(one) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => answer = None,
        }
    }
    answer
}

fn read<T>(values: &[Template], parse: fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let one = |value: &Template| {
        let text = value.as_plain().unwrap_or_default();
        parse(text).ok_or_else(|| text.to_owned())
    };
    values.iter().map(one).collect()
}

/// A decimal number: digits with an optional sign and fraction.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

/// Seconds since the epoch, or an ISO 8601 date: a year, year and month, day, or instant. Four
/// digits are a year. What names no zone is in UTC.
fn instant(text: &str) -> Option<jiff::Timestamp> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() != 4 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        return jiff::Timestamp::from_second(text.parse().ok()?).ok();
    }
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    if day.len() == 10 {
        return format!("{day}T00:00:00Z").parse().ok();
    }
    day.parse().ok()
}

fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    data_encoding::BASE64.decode(text.as_bytes()).ok()
}

/// An address range, or one address.
fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let at = |text: &str| instant(text).map(|t| t.as_second());
        for (text, expected) in [
            ("2015", Some(1_420_070_400)),
            ("2015-08", Some(1_438_387_200)),
            ("2015-08-30", Some(1_440_892_800)),
            ("2015-08-30T12:36:00Z", Some(1_440_938_160)),
            ("2015-08-30T12:36Z", Some(1_440_938_160)),
            ("2015-08-30T12:36:00.000Z", Some(1_440_938_160)),
            ("2015-08-30T14:36:00+02:00", Some(1_440_938_160)),
            ("1440938160", Some(1_440_938_160)),
            ("0", Some(0)),
            ("-1", Some(-1)),
            ("", None),
            ("-", None),
            ("20x5", None),
            ("2015-13", None),
            ("2015-08-30T25:00:00Z", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("1", Some(1.0)),
            ("-1.5", Some(-1.5)),
            ("1e5", None),
            ("inf", None),
            ("NaN", None),
            ("", None),
            ("1 ", None),
            ("--1", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn operators() {
        for name in [
            "StringEquals",
            "ForAnyValue:stringlikeIfExists",
            "ForAllValues:NumericLessThan",
            "Null",
        ] {
            assert!(Operator::parse(name).is_some(), "{name}");
        }
        for name in [
            "",
            "String",
            "StringEqual",
            "NullIfExists",
            "ForAnyValue:Null",
            "IfExists",
            "ForSomeValue:StringEquals",
            "StringEqualsIfExistsIfExists",
            "NotBool",
        ] {
            assert!(Operator::parse(name).is_none(), "{name}");
        }
    }
}
