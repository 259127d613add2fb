//! Closed sets of names: how a generated `enum` is tied to its wire names.

use std::fmt;

/// A text that is no name of the enum. The text itself is not kept: it may be anything a client sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownName {
    /// The enum's name.
    pub of: &'static str,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a name of {}", self.of)
    }
}

impl std::error::Error for UnknownName {}

/// Declares an enum whose variants stand for wire names: `as_str`, `VALUES`, `Display`, `FromStr` and serde.
macro_rules! wire_enum {
    ($(#[$about:meta])* pub enum $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the model.
            pub const VALUES: &'static [$name] = &[$($name::$variant,)+];

            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::enumeration::UnknownName;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err($crate::enumeration::UnknownName { of: stringify!($name) }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(<D::Error as serde::de::Error>::custom)
            }
        }
    };
}
pub(crate) use wire_enum;

#[cfg(test)]
mod tests {
    use crate::shapes::DeviceRememberedStatusType;

    #[test]
    fn names_are_those_of_the_wire() {
        let value: DeviceRememberedStatusType = "not_remembered".parse().unwrap();
        assert_eq!(value, DeviceRememberedStatusType::NotRemembered);
        assert_eq!(value.to_string(), "not_remembered");
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"not_remembered\"");
        assert_eq!(
            serde_json::from_str::<DeviceRememberedStatusType>("\"remembered\"").unwrap().as_str(),
            "remembered"
        );
        let error = "banana".parse::<DeviceRememberedStatusType>().unwrap_err();
        assert_eq!(error.to_string(), "not a name of DeviceRememberedStatusType");
        assert!(serde_json::from_str::<DeviceRememberedStatusType>("\"banana\"").is_err());
    }
}
