//! The parameters of an action, checked: all constraints first and told together, then the rules
//! that have a text of their own.

use poolhouse_domain::iam::POLICY_BYTES_MAX;
use poolhouse_domain::iam::id::{
    ACCESS_KEY_ID_CHARS_MAX, ACCESS_KEY_ID_CHARS_MIN, AccessKeyId, PATH_CHARS_MAX,
    POLICY_NAME_CHARS_MAX, Path, PolicyName, USER_NAME_CHARS_MAX,
};

use super::form::Form;
use super::refusal::Refusal;

/// Items of a page unless the request says otherwise.
const PAGE_ITEMS_DEFAULT: usize = 100;
/// Most items of a page.
const PAGE_ITEMS_MAX: usize = 1000;
/// Longest marker, characters.
const MARKER_CHARS_MAX: usize = 320;
/// Longest name of a user that is looked for; a new one has [`USER_NAME_CHARS_MAX`].
const EXISTING_USER_NAME_CHARS_MAX: usize = 128;

/// A parameter and its constraints.
#[derive(Debug)]
pub(super) struct Param {
    name: &'static str,
    chars_min: usize,
    chars_max: usize,
    rule: Rule,
}

/// What a parameter's text must be, besides its length.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Name,
    Path,
    PathPrefix,
    KeyId,
    Status,
    Document,
    Marker,
}

const fn param(name: &'static str, chars: (usize, usize), rule: Rule) -> Param {
    Param { name, chars_min: chars.0, chars_max: chars.1, rule }
}

/// A user who exists, or may.
pub(super) const USER_NAME: Param =
    param("UserName", (1, EXISTING_USER_NAME_CHARS_MAX), Rule::Name);
/// A user to be.
pub(super) const NEW_USER_NAME: Param = param("UserName", (1, USER_NAME_CHARS_MAX), Rule::Name);
/// An inline policy.
pub(super) const POLICY_NAME: Param = param("PolicyName", (1, POLICY_NAME_CHARS_MAX), Rule::Name);
/// The text of a policy.
pub(super) const POLICY_DOCUMENT: Param =
    param("PolicyDocument", (1, POLICY_BYTES_MAX), Rule::Document);
/// Where a user is.
pub(super) const PATH: Param = param("Path", (1, PATH_CHARS_MAX), Rule::Path);
/// How the paths of users to list begin.
pub(super) const PATH_PREFIX: Param = param("PathPrefix", (1, PATH_CHARS_MAX), Rule::PathPrefix);
/// An access key.
pub(super) const ACCESS_KEY_ID: Param =
    param("AccessKeyId", (ACCESS_KEY_ID_CHARS_MIN, ACCESS_KEY_ID_CHARS_MAX), Rule::KeyId);
/// Whether an access key may be used.
pub(super) const STATUS: Param = param("Status", (0, usize::MAX), Rule::Status);
const MARKER: Param = param("Marker", (1, MARKER_CHARS_MAX), Rule::Marker);

/// A page that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page<'a> {
    /// Most items.
    pub(super) limit: usize,
    /// Where the page before ended.
    pub(super) marker: Option<&'a str>,
}

/// A form that is being read. Nothing that it hands out may be used before [`Input::finish`].
#[must_use = "what was wrong is told by finish()"]
pub(super) struct Input<'a> {
    form: &'a Form,
    violations: Vec<String>,
    refusal: Option<Refusal>,
}

impl<'a> Input<'a> {
    /// Begins.
    pub(super) const fn new(form: &'a Form) -> Self {
        Self { form, violations: Vec::new(), refusal: None }
    }

    /// A parameter that must be there. When it is not, the text is empty and `finish` refuses.
    pub(super) fn required(&mut self, param: &Param) -> &'a str {
        if let Some(value) = self.optional(param) {
            return value;
        }
        let field = field(param.name);
        self.violations.push(format!(
            "Value null at '{field}' failed to satisfy constraint: Member must not be null"
        ));
        ""
    }

    /// A parameter that may be absent.
    pub(super) fn optional(&mut self, param: &Param) -> Option<&'a str> {
        let value = self.form.get(param.name)?;
        self.check(param, value);
        Some(value)
    }

    /// `MaxItems` and `Marker`.
    pub(super) fn page(&mut self) -> Page<'a> {
        let limit = self.form.get("MaxItems").map_or(PAGE_ITEMS_DEFAULT, |text| self.items(text));
        Page { limit, marker: self.optional(&MARKER) }
    }

    /// Refuses if anything was wrong.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        if let Some(refusal @ Refusal { code: "MalformedInput", .. }) = self.refusal {
            return Err(refusal);
        }
        match (self.violations.len(), self.refusal) {
            (0, None) => Ok(()),
            (0, Some(refusal)) => Err(refusal),
            (count, _) => {
                let errors = if count == 1 { "error" } else { "errors" };
                let list = self.violations.join("; ");
                Err(Refusal::validation(format!("{count} validation {errors} detected: {list}")))
            }
        }
    }

    fn items(&mut self, text: &str) -> usize {
        let Ok(items) = text.parse::<i64>() else {
            self.refuse(Refusal::malformed(format!("'{text}' is not an integer.")));
            return PAGE_ITEMS_DEFAULT;
        };
        let bound = match usize::try_from(items) {
            Ok(items @ 1..=PAGE_ITEMS_MAX) => return items,
            Ok(0) | Err(_) => "greater than or equal to 1".to_owned(),
            Ok(_) => format!("less than or equal to {PAGE_ITEMS_MAX}"),
        };
        self.violate(&format!("Value '{items}'"), "MaxItems", &format!("have value {bound}"));
        PAGE_ITEMS_DEFAULT
    }

    fn check(&mut self, param: &Param, value: &str) {
        let chars = value.chars().count();
        let shown = match param.rule {
            // A document is long; quoting it helps nobody.
            Rule::Document => "Value".to_owned(),
            _ => format!("Value '{value}'"),
        };
        let Param { name, chars_min, chars_max, rule } = param;
        if chars < *chars_min {
            let must = format!("have length greater than or equal to {chars_min}");
            return self.violate(&shown, name, &must);
        }
        if chars > *chars_max {
            let must = format!("have length less than or equal to {chars_max}");
            return self.violate(&shown, name, &must);
        }
        if rule.fits(value) {
            return;
        }
        match rule {
            Rule::KeyId => self.violate(&shown, name, r"satisfy regular expression pattern: [\w]+"),
            Rule::Status => {
                self.violate(&shown, name, "satisfy enum value set: [Active, Inactive]")
            }
            Rule::Marker => self.refuse(Refusal::validation("Invalid Marker.")),
            Rule::Name | Rule::Path | Rule::PathPrefix | Rule::Document => {
                let (field, must) = (field(name), rule.own_text());
                let text = format!("The specified value for {field} is invalid. It must {must}");
                self.refuse(Refusal::validation(text));
            }
        }
    }

    fn violate(&mut self, shown: &str, name: &str, must: &str) {
        let field = field(name);
        let text = format!("{shown} at '{field}' failed to satisfy constraint: Member must {must}");
        self.violations.push(text);
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.refusal.get_or_insert(refusal);
    }
}

impl Rule {
    fn fits(self, value: &str) -> bool {
        match self {
            // One alphabet for both kinds of name; the lengths were checked.
            Self::Name => PolicyName::parse(value).is_ok(),
            Self::Path => Path::parse(value).is_ok(),
            Self::PathPrefix => {
                value.starts_with('/') && value.bytes().all(|b| matches!(b, 0x21..=0x7F))
            }
            Self::KeyId => AccessKeyId::parse(value).is_ok(),
            Self::Status => matches!(value, "Active" | "Inactive"),
            Self::Document => {
                value.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FF}'))
            }
            Self::Marker => value.chars().all(|c| matches!(c, '\u{20}'..='\u{FF}')),
        }
    }

    const fn own_text(self) -> &'static str {
        match self {
            Self::Path => {
                "begin and end with / and contain only alphanumeric characters and/or / characters."
            }
            Self::PathPrefix => {
                "begin with / and contain only alphanumeric characters and/or / characters."
            }
            Self::Document => "contain only printable ASCII characters.",
            Self::Name | Self::KeyId | Self::Status | Self::Marker => {
                "contain only alphanumeric characters and/or the following: +=,.@_-"
            }
        }
    }
}

/// A parameter's name as texts have it: `userName`.
fn field(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}
