//! The server as a process among others: alone with its data, gentle at its end, open in `dev` only.

#![expect(clippy::panic, reason = "helpers of tests fail their test by panicking")]

use std::process::{Command, Stdio};

use e2e::http::{Connection, call_head, get};
use e2e::{Options, Place, Script, Server, python, root};

#[test]
fn a_second_server_on_the_same_data_refuses() {
    let place = Place::new("second");
    let server = Server::start(Options::serve(place.join("data")));
    let second = Options::serve(place.join("data"));
    let output = second.command().stdin(Stdio::null()).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("another server"), "{complaint}");
    assert_eq!(get(server.port, "/health").status, 200);
}

#[test]
fn sigterm_finishes_requests_in_flight() {
    let place = Place::new("sigterm");
    let mut server = Server::start(Options::serve(place.join("data")));
    let body = br#"{"AuthFlow":"USER_SRP_AUTH","ClientId":"nobodyknowsthisclient","AuthParameters":{"USERNAME":"ann","SRP_A":"2"}}"#;
    let (early, late) = body.split_at(20);
    let mut request = Connection::open(server.port);
    request.send(call_head(server.port, "InitiateAuth", body.len()).as_bytes());
    request.send(early);
    // An answered request on another connection: the first one's head has been read by then.
    assert_eq!(get(server.port, "/health").status, 200);
    server.ask_to_stop();
    request.send(late);
    let reply = request.reply();
    assert_eq!(reply.status, 400, "{reply:?}");
    assert!(reply.body.contains("ResourceNotFoundException"), "{reply:?}");
    assert_eq!(server.ended().code(), Some(0));
    // And the data is free for the next.
    let again = Server::start(Options::serve(place.join("data")));
    assert_eq!(get(again.port, "/health").status, 200);
}

#[test]
fn dev_takes_any_key_and_shows_its_mail() {
    let place = Place::new("dev");
    let options = Options {
        command: "dev",
        flags: vec!["--fixed-code".to_owned(), "123456".to_owned()],
        ..Options::serve(place.join("data"))
    };
    let server = Server::start(options);
    assert!(server.banner.contains("SIGNATURES ARE NOT CHECKED"), "{}", server.banner);
    python("dev_mode.py").run(&server);
}

#[test]
fn serve_shows_no_mail_and_has_no_fixed_code() {
    let place = Place::new("serve");
    let server = Server::start(Options::serve(place.join("data")));
    assert_eq!(get(server.port, "/_poolhouse/messages?to=ann@example.com").status, 404);
    let flags = vec!["--fixed-code".to_owned(), "123456".to_owned()];
    let fixed = Options { flags, ..Options::serve(place.join("other")) };
    assert_eq!(fixed.command().stdin(Stdio::null()).output().unwrap().status.code(), Some(2));
}

#[test]
fn secrets_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new("modes");
    let _server = Server::start(Options::serve(place.join("data")));
    for (name, mode) in [("", 0o700), ("root-credentials", 0o600), ("master.key", 0o600)] {
        let metadata = std::fs::metadata(place.join("data").join(name)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, mode, "{name}");
    }
}

const BEGIN: &str = "<!-- quick-start:begin -->";
const END: &str = "<!-- quick-start:end -->";

/// The fenced blocks between the two marks of README.md, for a shell.
fn quick_start(readme: &str) -> String {
    let (_, rest) = readme.split_once(BEGIN).unwrap_or_else(|| panic!("README.md lacks {BEGIN}"));
    let (marked, _) = rest.split_once(END).unwrap_or_else(|| panic!("README.md lacks {END}"));
    let mut commands = String::new();
    let mut inside = false;
    for line in marked.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            commands.push_str(line);
            commands.push('\n');
        }
    }
    assert!(!commands.trim().is_empty(), "the quick start of README.md has no commands");
    commands
}

/// What a newcomer pastes works: with `poolhouse serve` running in the same directory, on its usual
/// port, which is replaced here by a free one.
#[test]
fn the_quick_start_of_the_readme() {
    let Ok(readme) = std::fs::read_to_string(root().join("README.md")) else {
        println!("skipped: there is no README.md yet");
        return;
    };
    let place = Place::new("quick-start");
    let server = Server::start(Options::serve(place.join("poolhouse-data")));
    let address = format!("localhost:{}", server.port);
    let commands = quick_start(&readme)
        .replace("localhost:9229", &address)
        .replace("127.0.0.1:9229", &address);
    let script = place.join("quick-start.sh");
    std::fs::write(&script, commands).unwrap();
    Script::new("bash", "the quick start")
        .arg("-e")
        .arg(script)
        .current_dir(place.path())
        .with_aws()
        .succeeds();
}

#[test]
fn the_version_is_said() {
    let place = Place::new("version");
    let mut command = Command::new(Options::serve(place.join("data")).command().get_program());
    let output = command.arg("version").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("poolhouse "));
}
