//! First starts, later starts, and everything that must not start.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use poolhouse_domain::time::Timestamp;

use super::*;
use crate::config::check::{self, check};
use crate::config::layers::{Given, Layers};

/// A directory of its own per test, by name; tests of one process run side by side.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("poolhouse-test-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _none_left = fs::remove_dir_all(&path);
        Scratch(path)
    }

    fn config(&self, given: &[(&'static str, &str)]) -> Config {
        let data_dir = self.0.display().to_string();
        let all = given.iter().copied().chain([("data-dir", data_dir.as_str())]);
        let layers: Layers = all
            .map(|(key, text)| (key, Given { text: text.to_owned(), place: key.to_owned() }))
            .collect();
        check(check::Command::Serve, &layers).unwrap()
    }

    fn prepare(&self) -> Result<Prepared, StartupError> {
        self.prepare_seeded(1)
    }

    fn prepare_seeded(&self, seed: u64) -> Result<Prepared, StartupError> {
        prepare(&self.config(&[]), &env(seed))
    }

    /// What the store does when it opens the database.
    fn fill_database(&self) {
        fs::write(self.0.join("poolhouse.db"), "SQLite format 3").unwrap();
    }

    fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.0.join(name)).unwrap().permissions().mode() & 0o777
    }

    fn chmod(&self, name: &str, mode: u32) {
        fs::set_permissions(self.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _maybe_never_made = fs::remove_dir_all(&self.0);
    }
}

fn env(seed: u64) -> Env {
    Env::simulated(Timestamp::from_millis(0), seed).0
}

fn message(result: Result<Prepared, StartupError>) -> String {
    result.expect_err("the server must not start").to_string()
}

#[test]
fn a_first_start_makes_everything_for_the_owner_alone() {
    let scratch = Scratch::new("first");
    let prepared = scratch.prepare().unwrap();
    assert!(prepared.first_start && prepared.master_key_is_new);
    assert_eq!(scratch.mode(""), 0o700);
    assert_eq!(scratch.mode("outbox"), 0o700);
    for file in ["master.key", "root-credentials", "lock", "poolhouse.db"] {
        assert_eq!(scratch.mode(file), 0o600, "{file}");
    }
    let credentials = fs::read_to_string(scratch.0.join("root-credentials")).unwrap();
    assert!(credentials.contains("[default]\naws_access_key_id = AKIA"), "{credentials}");
    assert_eq!(prepared.root.access_key_id.len(), 20);
    assert_eq!(prepared.root.secret_access_key.expose().len(), 40);
    assert!(!scratch.0.join("master.new").exists());
}

#[test]
fn a_later_start_finds_the_same_keys() {
    let scratch = Scratch::new("later");
    let first = scratch.prepare_seeded(1).unwrap();
    let (key, root) = (*first.master_key.expose(), first.root.clone());
    drop(first);
    scratch.fill_database();
    let second = scratch.prepare_seeded(2).unwrap();
    assert!(!second.first_start && !second.master_key_is_new);
    assert_eq!(*second.master_key.expose(), key);
    assert_eq!(second.root.access_key_id, root.access_key_id);
    assert_eq!(second.root.secret_access_key.expose(), root.secret_access_key.expose());
}

#[test]
fn a_second_server_is_refused_until_the_first_ends() {
    let scratch = Scratch::new("lock");
    let first = scratch.prepare().unwrap();
    let error = message(scratch.prepare());
    let owner = format!("another server (process {}) is using", std::process::id());
    assert!(error.contains(&owner) && error.contains("--data-dir"), "{error}");
    drop(first);
    scratch.prepare().unwrap();
}

#[test]
fn keys_that_others_can_read_are_refused() {
    let scratch = Scratch::new("exposed");
    drop(scratch.prepare().unwrap());
    for file in ["master.key", "root-credentials"] {
        for mode in [0o640, 0o604, 0o660] {
            scratch.chmod(file, mode);
            let error = message(scratch.prepare());
            assert!(error.contains(file) && error.contains("chmod 600"), "{error}");
        }
        scratch.chmod(file, 0o400);
        drop(scratch.prepare().unwrap());
        scratch.chmod(file, 0o600);
    }
}

#[test]
fn a_damaged_master_key_is_refused_and_left_alone() {
    let scratch = Scratch::new("damaged");
    drop(scratch.prepare().unwrap());
    let path = scratch.0.join("master.key");
    let good = fs::read_to_string(&path).unwrap();
    for bad in ["", "\n", &good[..62], &good[..63], "zz", &format!("{}00\n", good.trim())] {
        fs::write(&path, bad).unwrap();
        let error = message(scratch.prepare());
        assert!(error.contains("does not hold a master key"), "{error}");
        assert!(bad.trim().is_empty() || !error.contains(bad.trim()), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), bad);
    }
}

#[test]
fn a_master_key_may_be_base64() {
    let scratch = Scratch::new("base64");
    drop(scratch.prepare().unwrap());
    let text = data_encoding::BASE64.encode(&[7; 32]);
    fs::write(scratch.0.join("master.key"), format!("{text}\n")).unwrap();
    assert_eq!(scratch.prepare().unwrap().master_key.expose(), &[7; 32]);
}

#[test]
fn a_database_without_its_key_is_not_given_a_new_one() {
    let scratch = Scratch::new("lost");
    drop(scratch.prepare().unwrap());
    scratch.fill_database();
    fs::remove_file(scratch.0.join("master.key")).unwrap();
    let error = message(scratch.prepare());
    assert!(error.contains("Restore the key from a backup"), "{error}");
    assert!(!scratch.0.join("master.key").exists());
}

#[test]
fn a_first_start_that_was_cut_short_goes_on() {
    let scratch = Scratch::new("cut");
    drop(scratch.prepare().unwrap());
    // The database is empty until the store has opened it, so nothing is sealed under the lost key.
    fs::remove_file(scratch.0.join("master.key")).unwrap();
    let prepared = scratch.prepare().unwrap();
    assert!(prepared.master_key_is_new && prepared.first_start);
}

#[test]
fn a_named_key_file_is_used_and_must_exist() {
    let scratch = Scratch::new("named");
    fs::create_dir(&scratch.0).unwrap();
    let key = scratch.0.join("elsewhere.key");
    let config = scratch.config(&[("master-key-file", &key.display().to_string())]);
    let error = message(prepare(&config, &env(1)));
    assert!(error.contains("openssl rand -hex 32"), "{error}");
    files::write_private(&key, &"0a".repeat(32)).unwrap();
    let prepared = prepare(&config, &env(1)).unwrap();
    assert_eq!(prepared.master_key.expose(), &[10; 32]);
    assert!(!prepared.master_key_is_new && !scratch.0.join("master.key").exists());
}

#[test]
fn root_keys_of_the_environment_are_not_written_down() {
    let scratch = Scratch::new("root");
    let config = scratch
        .config(&[("root-access-key-id", "AKIDROOT"), ("root-secret-access-key", "hush-hush")]);
    let prepared = prepare(&config, &env(1)).unwrap();
    assert_eq!(prepared.root.secret_access_key.expose(), "hush-hush");
    assert!(prepared.root_file.is_none() && !scratch.0.join("root-credentials").exists());
    let text = banner::banner(&config, &prepared, ([127, 0, 0, 1], 9229).into());
    assert!(text.contains("AKIDROOT") && !text.contains("hush"), "{text}");
}

#[test]
fn damaged_root_credentials_are_refused() {
    let scratch = Scratch::new("damaged-root");
    drop(scratch.prepare().unwrap());
    fs::write(scratch.0.join("root-credentials"), "[default]\n").unwrap();
    let error = message(scratch.prepare());
    assert!(error.contains("does not hold credentials"), "{error}");
}

#[test]
fn the_banner_of_a_first_start_has_lines_to_paste_and_no_secret() {
    let scratch = Scratch::new("banner");
    let prepared = scratch.prepare().unwrap();
    let text = banner::banner(&scratch.config(&[]), &prepared, ([127, 0, 0, 1], 9).into());
    let data_dir = prepared.data_dir.display();
    for line in [
        &format!("export AWS_SHARED_CREDENTIALS_FILE={data_dir}/root-credentials"),
        "export AWS_ENDPOINT_URL=http://localhost:9 AWS_REGION=us-east-1",
        "aws cognito-idp create-user-pool --pool-name my-pool",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert!(!text.contains(prepared.root.secret_access_key.expose()));
    drop(prepared);
    scratch.fill_database();
    let later = scratch.prepare().unwrap();
    let text = banner::banner(&scratch.config(&[]), &later, ([127, 0, 0, 1], 9).into());
    assert!(!text.contains("export ") && text.contains("root-credentials"), "{text}");
}

#[test]
fn dev_data_vanishes_and_dev_warns() {
    let config = check(check::Command::Dev, &Layers::new()).unwrap();
    let (env, _clock) = Env::simulated(Timestamp::from_millis(0), u64::from(std::process::id()));
    let prepared = prepare(&config, &env).unwrap();
    let data_dir = prepared.data_dir.clone();
    let text = banner::banner(&config, &prepared, ([0, 0, 0, 0], 9).into());
    assert!(text.contains("SIGNATURES ARE NOT CHECKED") && text.contains("OTHER MACHINES"));
    assert!(data_dir.join("master.key").exists());
    drop(prepared);
    assert!(!data_dir.exists());
}

#[test]
fn the_limit_of_open_files_is_read_from_the_system() {
    let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                  Max open files            1024                 524288               files\n";
    assert_eq!(descriptors_allowed(limits), Some(1024));
    assert_eq!(descriptors_allowed("Max open files unlimited unlimited files"), None);
    assert_eq!(descriptors_allowed(""), None);
}
