//! Signatures of real signers, and the IAM users they sign for.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail their test by panicking")]

use e2e::{Options, Place, Script, Server, node, python};

const TARGET: &str = "X-Amz-Target: AWSCognitoIdentityProviderService.ListUserPools";

fn started(test: &str) -> (Place, Server) {
    let place = Place::new(test);
    let server = Server::start(Options::serve(place.join("data")));
    (place, server)
}

#[test]
fn boto3_and_the_header_sets_of_other_sdks() {
    let (_place, server) = started("boto3");
    python("signatures.py").run(&server);
}

#[test]
fn the_sdk_for_javascript() {
    let (_place, server) = started("signatures-js");
    node("signatures.mjs").run(&server);
}

/// The access key pair in the file that the first start wrote.
fn root_keys(server: &Server) -> (String, String) {
    let path = server.data_dir().join("root-credentials");
    let text = std::fs::read_to_string(path).unwrap();
    let value = |name: &str| {
        let lines = text.lines().filter_map(|line| line.split_once('='));
        let found = lines.into_iter().find(|(key, _)| key.trim() == name);
        found.map(|(_, value)| value.trim().to_owned()).unwrap()
    };
    (value("aws_access_key_id"), value("aws_secret_access_key"))
}

fn curl(server: &Server, user: &str) -> (u16, serde_json::Value) {
    let output = Script::new("curl", "curl")
        .arg("--silent")
        .arg("--show-error")
        .arg("--write-out")
        .arg("\n%{http_code}")
        .arg("--aws-sigv4")
        .arg("aws:amz:us-east-1:cognito-idp")
        .arg("--user")
        .arg(user)
        .arg("--header")
        .arg("Content-Type: application/x-amz-json-1.1")
        .arg("--header")
        .arg(TARGET)
        .arg("--data")
        .arg(r#"{"MaxResults":1}"#)
        .arg(format!("{}/", server.endpoint()))
        .succeeds();
    let (body, status) = output.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), serde_json::from_str(body).unwrap())
}

#[test]
fn curl_aws_sigv4() {
    let known = Script::new("curl", "curl").arg("--help").arg("all").succeeds();
    if !known.contains("--aws-sigv4") {
        println!("skipped: this curl has no --aws-sigv4");
        return;
    }
    let (_place, server) = started("curl");
    let (id, secret) = root_keys(&server);
    let (status, answer) = curl(&server, &format!("{id}:{secret}"));
    assert_eq!((status, answer), (200, serde_json::json!({ "UserPools": [] })));
    let (status, answer) = curl(&server, &format!("{id}:another"));
    assert_eq!(status, 400);
    assert_eq!(answer["__type"], "InvalidSignatureException");
}

#[test]
fn the_aws_command_line() {
    let (place, server) = started("cli");
    let script = place.join("cli.sh");
    std::fs::write(&script, CLI).unwrap();
    let said = Script::new("bash", "cli.sh")
        .arg("-eu")
        .arg(script)
        .current_dir(place.path())
        .with_aws()
        .run(&server);
    assert!(said.trim_end().ends_with("all told"), "{said}");
}

const CLI: &str = r#"
export AWS_ENDPOINT_URL=$ENDPOINT
aws sts get-caller-identity --query Arn --output text | grep -x 'arn:aws:iam::000000000000:root'
aws iam create-user --user-name ann --query User.Arn --output text |
  grep -x 'arn:aws:iam::000000000000:user/ann'
aws iam create-access-key --user-name ann --query AccessKey.Status --output text | grep -x Active
aws iam put-user-policy --user-name ann --policy-name read --policy-document \
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
aws iam list-user-policies --user-name ann --query PolicyNames --output text | grep -x read
pool=$(aws cognito-idp create-user-pool --pool-name cli --query UserPool.Id --output text)
aws cognito-idp list-user-pools --max-results 5 --query 'UserPools[].Id' --output text |
  grep -x "$pool"
client=$(aws cognito-idp create-user-pool-client --user-pool-id "$pool" --client-name app \
  --explicit-auth-flows ALLOW_ADMIN_USER_PASSWORD_AUTH ALLOW_REFRESH_TOKEN_AUTH \
  --query UserPoolClient.ClientId --output text)
aws cognito-idp admin-create-user --user-pool-id "$pool" --username bob \
  --temporary-password 'First-one-1' --message-action SUPPRESS --query User.UserStatus \
  --output text | grep -x FORCE_CHANGE_PASSWORD
aws cognito-idp admin-set-user-password --user-pool-id "$pool" --username bob \
  --password 'Second-one-2' --permanent
aws cognito-idp admin-initiate-auth --user-pool-id "$pool" --client-id "$client" \
  --auth-flow ADMIN_USER_PASSWORD_AUTH --auth-parameters USERNAME=bob,PASSWORD=Second-one-2 \
  --query AuthenticationResult.TokenType --output text | grep -x Bearer
if aws cognito-idp delete-user-pool --user-pool-id us-east-1_NotThere1 2>refused; then exit 1; fi
grep ResourceNotFoundException refused
aws cognito-idp delete-user-pool --user-pool-id "$pool"
echo all told
"#;
