//! `cargo xtask model`: condenses the service's API model to its facts.
//!
//! The model comes from the botocore package on PyPI. Only names, types and constraints are kept: its prose is not
//! ours. This is the one chore that may use the network, and it does not when `--from` names a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de::DeserializeOwned};

use crate::Outcome;
use crate::facts::{AuthFact, Facts, MemberFacts, OperationFacts, ServiceFacts, ShapeFacts};
use crate::workspace::Workspace;

/// The package version the checked-in facts were taken from.
const BOTOCORE_VERSION: &str = "1.44.5";

/// Unpacks what `--from` names. Python does it because the package needs Python's tools to fetch anyway, and so the
/// chores need neither a zip nor a gzip crate. Arguments: the path. Prints the package file's name, its SHA-256, the
/// SHA-256 of the model and the model.
const UNPACK: &str = r#"
import gzip, hashlib, os, sys, zipfile
path = sys.argv[1]
entry = "botocore/data/cognito-idp/2016-04-18/service-2.json.gz"
if os.path.isdir(path):
    found = [f for f in sorted(os.listdir(path)) if f.startswith("botocore-") and f.endswith(".whl")]
    inner = [p for p in (os.path.join(path, entry), os.path.join(path, entry[len("botocore/"):])) if os.path.exists(p)]
    if not found and not inner:
        sys.exit("no botocore wheel and no " + entry + " in " + path)
    path = os.path.join(path, found[-1]) if found else inner[0]
package = open(path, "rb").read()
if path.endswith(".whl"):
    model = zipfile.ZipFile(path).read(entry)
else:
    model = package
if model[:2] == b"\x1f\x8b":
    model = gzip.decompress(model)
print(os.path.basename(path))
print(hashlib.sha256(package).hexdigest())
print(hashlib.sha256(model).hexdigest())
sys.stdout.flush()
sys.stdout.buffer.write(model)
"#;

/// Writes `model/cognito-idp.json` and `model/README.md`.
pub(crate) fn run(workspace: &Workspace, from: Option<&Path>) -> Outcome<()> {
    let source = match from {
        Some(path) => path.to_path_buf(),
        None => download(workspace)?,
    };
    let unpacked = unpack(&source)?;
    let facts = condense(serde_json::from_str(&unpacked.model)?)?;
    workspace.write("model/cognito-idp.json", &facts.to_text()?)?;
    workspace.write("model/README.md", &readme(&unpacked))
}

fn download(workspace: &Workspace) -> Outcome<PathBuf> {
    let folder = workspace.path("target/model");
    std::fs::create_dir_all(&folder)?;
    let status = Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"])
        .arg(&folder)
        .arg(format!("botocore=={BOTOCORE_VERSION}"))
        .status()?;
    if !status.success() {
        return Err("pip could not download botocore; give a file with --from instead".into());
    }
    Ok(folder.join(format!("botocore-{BOTOCORE_VERSION}-py3-none-any.whl")))
}

struct Unpacked {
    file_name: String,
    file_sha256: String,
    model_sha256: String,
    model: String,
}

fn unpack(source: &Path) -> Outcome<Unpacked> {
    let output = Command::new("python3").args(["-c", UNPACK]).arg(source).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let mut parts = text.splitn(4, '\n').map(str::to_owned);
    let mut next = || parts.next().ok_or("python printed too little");
    Ok(Unpacked { file_name: next()?, file_sha256: next()?, model_sha256: next()?, model: next()? })
}

fn readme(unpacked: &Unpacked) -> String {
    let Unpacked { file_name, file_sha256, model_sha256, .. } = unpacked;
    format!(
        "\
# The API model

`cognito-idp.json` holds the facts of the Amazon Cognito user pools API: operations, shapes, constraints, errors. It is
written by `cargo xtask model` and not edited by hand. No prose of the original is kept.

| | |
|---|---|
| origin | `botocore/data/cognito-idp/2016-04-18/service-2.json` in the package botocore {BOTOCORE_VERSION} on PyPI |
| file read | `{file_name}` |
| SHA-256 of that file | `{file_sha256}` |
| SHA-256 of the model in it, unpacked | `{model_sha256}` |

`overlay.toml` is written by hand: what the model does not say, and corrections of what it says. Each correction repeats
what it expects to find, so that `cargo xtask codegen` stops when the model changes under it.

To move to a newer model: change the version in `xtask/src/model.rs`, run `cargo xtask model`, read the diff, then run
`cargo xtask codegen` and `cargo xtask docs`. Without a network: `cargo xtask model --from <wheel, folder or json file>`.
"
    )
}

#[derive(Deserialize)]
struct RawModel {
    metadata: RawMetadata,
    operations: BTreeMap<String, RawOperation>,
    shapes: BTreeMap<String, RawShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawMetadata {
    api_version: String,
    endpoint_prefix: String,
    json_version: String,
    target_prefix: String,
}

#[derive(Deserialize)]
struct RawRef {
    shape: String,
}

#[derive(Deserialize)]
struct RawOperation {
    input: RawRef,
    output: Option<RawRef>,
    #[serde(default)]
    errors: Vec<RawRef>,
    authtype: Option<String>,
    #[serde(default)]
    readonly: bool,
}

#[derive(Deserialize)]
struct RawShape {
    #[serde(rename = "type")]
    kind: String,
    members: Option<InOrder<RawRef>>,
    #[serde(default)]
    required: Vec<String>,
    member: Option<RawRef>,
    key: Option<RawRef>,
    value: Option<RawRef>,
    #[serde(rename = "enum")]
    values: Option<Vec<String>>,
    min: Option<i64>,
    max: Option<i64>,
    pattern: Option<String>,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    document: bool,
    #[serde(default)]
    exception: bool,
    #[serde(default)]
    fault: bool,
}

/// A JSON object with the order of its keys, which the order of messages follows.
struct InOrder<T>(Vec<(String, T)>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for InOrder<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);
        impl<'de, T: DeserializeOwned> Visitor<'de> for Entries<T> {
            type Value = InOrder<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}

fn condense(raw: RawModel) -> Outcome<Facts> {
    let operations: Outcome<_> =
        raw.operations.into_iter().map(|(name, raw)| Ok((name, operation(raw)?))).collect();
    Ok(Facts {
        service: ServiceFacts {
            api_version: raw.metadata.api_version,
            endpoint_prefix: raw.metadata.endpoint_prefix,
            json_version: raw.metadata.json_version,
            target_prefix: raw.metadata.target_prefix,
        },
        operations: operations?,
        shapes: raw.shapes.into_iter().map(|(name, raw)| (name, shape(raw))).collect(),
    })
}

fn operation(raw: RawOperation) -> Outcome<OperationFacts> {
    let mut errors: Vec<_> = raw.errors.into_iter().map(|e| e.shape).collect();
    errors.sort();
    let auth = match raw.authtype.as_deref() {
        None => AuthFact::Sigv4,
        Some("none") => AuthFact::None,
        Some(other) => return Err(format!("unknown authtype {other}").into()),
    };
    Ok(OperationFacts {
        auth,
        errors,
        input: raw.input.shape,
        output: raw.output.map(|o| o.shape),
        readonly: raw.readonly,
    })
}

fn shape(raw: RawShape) -> ShapeFacts {
    let required = raw.required;
    let members = raw.members.map(|InOrder(entries)| {
        let facts = entries.into_iter().map(|(name, member)| MemberFacts {
            required: required.contains(&name),
            shape: member.shape,
            name,
        });
        facts.collect()
    });
    ShapeFacts {
        kind: raw.kind,
        members,
        member: raw.member.map(|r| r.shape),
        key: raw.key.map(|r| r.shape),
        value: raw.value.map(|r| r.shape),
        values: raw.values,
        min: raw.min,
        max: raw.max,
        pattern: raw.pattern,
        sensitive: raw.sensitive,
        document: raw.document,
        exception: raw.exception,
        fault: raw.fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_of_members_and_drops_prose() {
        let raw = r#"{
            "metadata": {"apiVersion": "v", "endpointPrefix": "e", "jsonVersion": "1.1", "targetPrefix": "T"},
            "operations": {"Do": {"input": {"shape": "DoRequest"}, "documentation": "<p>prose</p>",
                "errors": [{"shape": "Z"}, {"shape": "A"}], "authtype": "none"}},
            "shapes": {"DoRequest": {"type": "structure", "required": ["Beta"],
                "members": {"Zeta": {"shape": "S", "documentation": "prose"}, "Beta": {"shape": "S"}}}}
        }"#;
        let facts = condense(serde_json::from_str(raw).unwrap()).unwrap();
        let text = facts.to_text().unwrap();
        assert!(!text.contains("prose"), "{text}");
        let members = facts.shape("DoRequest").unwrap().members.as_ref().unwrap();
        assert_eq!(members[0].name, "Zeta");
        assert!(!members[0].required && members[1].required);
        let operation = &facts.operations["Do"];
        assert_eq!(operation.errors, ["A", "Z"]);
        assert_eq!(operation.auth, AuthFact::None);
    }
}
