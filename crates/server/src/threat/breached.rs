//! Passwords that others know: a list of hashes that the operator supplies.
//!
//! The file is one hash a line, in the order of the hashes, as *Have I Been Pwned* distributes them:
//! SHA-1 or SHA-256 in hexadecimal digits, then perhaps a colon and a count. It stays on disk: a
//! password is looked up by halving it, some thirty short reads, on the threads that do arithmetic.
//! No password leaves the server, and none is written down.

use std::cmp::Ordering;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use data_encoding::HEXLOWER_PERMISSIVE;
use poolhouse_domain::secret::Secret;

/// Longest line, bytes: a hash, a colon, a count and the line's end.
const LINE_BYTES_MAX: usize = 128;
/// Steps of one search at most: more than halve any file.
const STEPS_MAX: u32 = 128;

/// The list. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BreachedPasswords {
    file: Arc<File>,
    bytes: u64,
    sha256: bool,
}

/// A line: where it begins and ends, and its hash.
struct Line {
    begin: u64,
    end: u64,
    hash: Vec<u8>,
}

impl BreachedPasswords {
    /// Opens a list. That it is in order is asked of its beginning, its middle and its end.
    ///
    /// # Errors
    /// What keeps it from being read, or why it is no such list.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut list = Self { file: Arc::new(file), bytes, sha256: false };
        let first = list.line(0)?.ok_or_else(|| bad("the list is empty"))?;
        list.sha256 = match first.hash.len() {
            20 => false,
            32 => true,
            _ => return Err(bad("a line does not begin with a SHA-1 or SHA-256")),
        };
        let mut before = first.hash;
        let tail = bytes.saturating_sub(LINE_BYTES_MAX as u64);
        for place in [tail.min(bytes / 2), tail.max(bytes / 2)] {
            let Some(line) = list.line(place)? else { continue };
            if line.hash.len() != before.len() || line.hash < before {
                return Err(bad("the list is not in the order of its hashes"));
            }
            before = line.hash;
        }
        Ok(list)
    }

    /// Whether a password is in the list. Reads the disk.
    ///
    /// # Errors
    /// What keeps the list from being read.
    pub fn contains(&self, password: &Secret<String>) -> io::Result<bool> {
        let algorithm = if self.sha256 { &SHA256 } else { &SHA1_FOR_LEGACY_USE_ONLY };
        let wanted = digest::digest(algorithm, password.expose().as_bytes());
        // What is looked for begins in here, if anywhere.
        let (mut from, mut to) = (0, self.bytes);
        for _ in 0..STEPS_MAX {
            if from >= to {
                return Ok(false);
            }
            let middle = from + (to - from) / 2;
            let Some(line) = self.line(middle)?.filter(|line| line.begin < to) else {
                to = middle;
                continue;
            };
            match line.hash.as_slice().cmp(wanted.as_ref()) {
                Ordering::Equal => return Ok(true),
                Ordering::Less => from = line.end,
                Ordering::Greater => to = middle,
            }
        }
        Err(bad("the list of breached passwords cannot be searched"))
    }

    /// The first line that begins at `from` or behind it.
    fn line(&self, from: u64) -> io::Result<Option<Line>> {
        // A line begins where the byte before ends one.
        let start = from.saturating_sub(1);
        let mut buffer = [0; 2 * LINE_BYTES_MAX];
        let read = self.read(start, &mut buffer)?;
        let text = buffer.get(..read).unwrap_or_default();
        let end_of_line = |text: &[u8]| text.iter().position(|byte| *byte == b'\n');
        let skipped = match (from, end_of_line(text)) {
            (0, _) => 0,
            (_, Some(at)) => at + 1,
            (_, None) if read < buffer.len() => return Ok(None),
            (_, None) => return Err(bad("a line of the list is too long")),
        };
        let rest = text.get(skipped..).unwrap_or_default();
        let length = end_of_line(rest).map_or(rest.len(), |at| at + 1);
        let line = rest.get(..length).unwrap_or_default();
        let digits = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
        if digits.is_empty() {
            return Ok(None);
        }
        let hash = HEXLOWER_PERMISSIVE.decode(digits).map_err(|_| bad("a line is no hash"))?;
        let begin = start + skipped as u64;
        Ok(Some(Line { begin, end: begin + length as u64, hash }))
    }

    fn read(&self, start: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
            match self.file.read_at(rest, start + read as u64) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }
}

fn bad(text: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use data_encoding::HEXUPPER;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A list of these passwords, as it is distributed.
    pub(crate) fn list(passwords: &[&str], sha256: bool, count: &str) -> String {
        let algorithm = if sha256 { &SHA256 } else { &SHA1_FOR_LEGACY_USE_ONLY };
        let hash =
            |text: &&str| HEXUPPER.encode(digest::digest(algorithm, text.as_bytes()).as_ref());
        let mut lines: Vec<String> =
            passwords.iter().map(|text| format!("{}{count}", hash(text))).collect();
        lines.sort();
        lines.join("\n")
    }

    /// A file with this text, gone when the list is.
    pub(crate) fn opened(text: &str) -> io::Result<BreachedPasswords> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("poolhouse_breached_{}_{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        let list = BreachedPasswords::open(&path);
        std::fs::remove_file(&path).unwrap();
        list
    }

    fn contains(list: &BreachedPasswords, password: &str) -> bool {
        list.contains(&Secret::new(password.to_owned())).unwrap()
    }

    #[test]
    fn every_password_of_the_list_is_found_and_no_other() {
        let passwords: Vec<String> = (0..300).map(|number| format!("Passw0rd!{number}")).collect();
        for size in [1, 2, 3, 7, 100, 300] {
            let some: Vec<&str> = passwords.iter().take(size).map(String::as_str).collect();
            for (sha256, count, end) in
                [(false, ":42\r", "\r\n"), (false, "", ""), (true, ":1", "\n"), (true, "", "\n\n")]
            {
                let list = opened(&(list(&some, sha256, count) + end)).unwrap();
                for (index, password) in passwords.iter().enumerate() {
                    assert_eq!(contains(&list, password), index < size, "{size} {password}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_list_is_refused_at_start() {
        let good = list(&["a", "b", "c", "d"], false, ":1");
        let backwards: Vec<&str> = good.lines().rev().collect();
        for text in ["", "hello\n", "abcd:1\n", &backwards.join("\n"), &"0".repeat(5_000)] {
            assert_eq!(opened(text).unwrap_err().kind(), io::ErrorKind::InvalidData, "{text}");
        }
        assert!(BreachedPasswords::open(Path::new("/nowhere/at/all")).is_err());
    }

    #[test]
    fn the_list_of_the_ones_who_distribute_it_is_read() {
        // "password", as it stands in that list.
        let line = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9659365\n";
        assert!(contains(&opened(line).unwrap(), "password"));
    }
}
