//! `model/overlay.toml`: what the model does not say, and corrections of what it says.
//!
//! Every statement that overlaps the model is compared with it, so that neither can drift from the other.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Outcome;
use crate::facts::{AuthFact, Facts, ShapeFacts};

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Overlay {
    pub(crate) operations: BTreeMap<String, OperationOverlay>,
    pub(crate) protocol_errors: BTreeMap<String, u16>,
    #[serde(default)]
    pub(crate) correction: Vec<Correction>,
}

/// What an operation's line says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationOverlay {
    pub(crate) family: String,
    pub(crate) caller: Caller,
    pub(crate) resource: Resource,
    pub(crate) rate: String,
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Caller {
    Iam,
    Token,
    TokenOrSession,
    Public,
    Feedback,
    ClientSecret,
    IamOrClient,
}

/// What a policy is evaluated against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Resource {
    Pool,
    ArnMember,
    ClientPool,
    Any,
    None,
}

/// One correction of a shape.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    pub(crate) shape: String,
    /// For readers of the file.
    #[serde(rename = "why")]
    pub(crate) _why: String,
    #[serde(default)]
    pub(crate) add_enum: Vec<String>,
    #[serde(default)]
    pub(crate) enum_order: Vec<String>,
}

/// What corrections leave beside the corrected facts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    /// Shape to the order of its values in messages.
    pub(crate) enum_order: BTreeMap<String, Vec<String>>,
}

impl Overlay {
    /// Reads the file's text.
    pub(crate) fn parse(text: &str) -> Outcome<Overlay> {
        Ok(toml::from_str(text).map_err(|e| format!("model/overlay.toml: {e}"))?)
    }

    /// The line of an operation.
    pub(crate) fn operation(&self, name: &str) -> Outcome<&OperationOverlay> {
        Ok(self
            .operations
            .get(name)
            .ok_or_else(|| format!("model/overlay.toml has no line for {name}"))?)
    }

    /// Applies the corrections to the facts, after checking that the file and the model agree.
    pub(crate) fn apply(&self, facts: &mut Facts) -> Outcome<Extras> {
        for name in self.operations.keys() {
            if !facts.operations.contains_key(name) {
                return Err(format!("model/overlay.toml names {name}; the model does not").into());
            }
        }
        for name in facts.operations.keys() {
            check_operation(name, self.operation(name)?, facts)?;
        }
        let mut extras = Extras::default();
        for correction in &self.correction {
            let shape = facts
                .shapes
                .get_mut(&correction.shape)
                .ok_or_else(|| format!("correction of {}: no such shape", correction.shape))?;
            correct(correction, shape, &mut extras)
                .map_err(|e| format!("correction of {}: {e}", correction.shape))?;
        }
        Ok(extras)
    }
}

fn check_operation(name: &str, overlay: &OperationOverlay, facts: &Facts) -> Outcome<()> {
    let operation =
        facts.operations.get(name).ok_or_else(|| format!("the model has no operation {name}"))?;
    let unsigned = matches!(
        overlay.caller,
        Caller::Token | Caller::TokenOrSession | Caller::Public | Caller::Feedback
    );
    if unsigned != (operation.auth == AuthFact::None) {
        return Err(format!(
            "{name}: overlay says caller {:?}, model says auth {:?}",
            overlay.caller, operation.auth
        )
        .into());
    }
    let input = facts.shape(&operation.input)?;
    let has = |member: &str| input.members.iter().flatten().any(|m| m.name == member);
    let fits = match overlay.resource {
        Resource::Pool => has("UserPoolId"),
        Resource::ArnMember => has("ResourceArn"),
        Resource::ClientPool => has("ClientId"),
        Resource::Any => overlay.caller == Caller::Iam,
        Resource::None => unsigned || overlay.caller == Caller::ClientSecret,
    };
    if !fits {
        return Err(
            format!("{name}: resource {:?} does not fit its input", overlay.resource).into()
        );
    }
    Ok(())
}

fn correct(correction: &Correction, shape: &mut ShapeFacts, extras: &mut Extras) -> Outcome<()> {
    for value in &correction.add_enum {
        let values = shape.values.as_mut().ok_or("the shape is no enum")?;
        if values.contains(value) {
            return Err(format!("the model has {value} now: remove the correction").into());
        }
        values.push(value.clone());
    }
    if !correction.enum_order.is_empty() {
        let values = shape.values.as_ref().ok_or("the shape is no enum")?;
        if let Some(gone) = correction.enum_order.iter().find(|v| !values.contains(v)) {
            return Err(format!("the model has no value {gone}").into());
        }
        let rest = values.iter().filter(|v| !correction.enum_order.contains(v));
        let order = correction.enum_order.iter().chain(rest).cloned().collect();
        extras.enum_order.insert(correction.shape.clone(), order);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enum_shape(values: &[&str]) -> ShapeFacts {
        ShapeFacts {
            kind: "string".into(),
            values: Some(values.iter().map(|v| (*v).to_owned()).collect()),
            ..ShapeFacts::default()
        }
    }

    fn correction(text: &str) -> Correction {
        toml::from_str(&format!("shape = \"S\"\nwhy = \"test\"\n{text}")).unwrap()
    }

    #[test]
    fn a_correction_the_model_has_caught_up_with_is_refused() {
        let mut extras = Extras::default();
        let add = correction("add_enum = [\"B\"]");
        let mut shape = enum_shape(&["A"]);
        correct(&add, &mut shape, &mut extras).unwrap();
        assert_eq!(shape.values.as_ref().unwrap(), &["A", "B"]);
        let refusal = correct(&add, &mut shape, &mut extras).unwrap_err().to_string();
        assert_eq!(refusal, "the model has B now: remove the correction");
    }

    #[test]
    fn values_nobody_has_seen_follow_those_that_were_seen() {
        let mut extras = Extras::default();
        let mut shape = enum_shape(&["A", "B", "C"]);
        correct(&correction("enum_order = [\"C\", \"A\"]"), &mut shape, &mut extras).unwrap();
        assert_eq!(extras.enum_order["S"], ["C", "A", "B"]);
        assert!(correct(&correction("enum_order = [\"X\"]"), &mut shape, &mut extras).is_err());
    }
}
