//! Where addresses are: a table that the operator supplies.
//!
//! A line is `network,country,city,latitude,longitude`, for instance
//! `192.0.2.0/24,DE,Berlin,52.52,13.40`, without quotes; a first line `network,…` is a heading.
//! Networks must not overlap. The table is read once, at start, into memory.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use poolhouse_domain::risk::address::{Network, ordinal};
use poolhouse_domain::risk::event::Place;

/// Rows of a table at most: about 50 MB of memory.
const ROWS_MAX: usize = 1_000_000;
/// Size of a table at most.
const BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Characters of a city or country.
const NAME_CHARS_MAX: usize = 100;

/// The table. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Places {
    rows: Arc<[Row]>,
    places: Arc<[Place]>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    first: u128,
    last: u128,
    place: u32,
}

impl Places {
    /// Reads a table.
    ///
    /// # Errors
    /// What keeps it from being read, or the number of the line that is wrong.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::read(File::open(path)?)
    }

    fn read(table: impl Read) -> io::Result<Self> {
        let (mut rows, mut places, mut known) = (Vec::new(), Vec::new(), HashMap::new());
        let mut lines = BufReader::new(table.take(BYTES_MAX + 1));
        let (mut line, mut read) = (String::new(), 0);
        for number in 1_u64.. {
            line.clear();
            read += lines.read_line(&mut line)? as u64;
            if read > BYTES_MAX || rows.len() > ROWS_MAX {
                return Err(bad("the table of places is too large".to_owned()));
            }
            if line.is_empty() {
                break;
            }
            let text = line.trim_end();
            if text.is_empty() || number == 1 && text.starts_with("network,") {
                continue;
            }
            let (first, last, place) =
                row(text).ok_or_else(|| bad(format!("line {number} of the table of places")))?;
            let key = format!("{place:?}");
            let next = u32::try_from(places.len()).map_err(io::Error::other)?;
            let place = *known.entry(key).or_insert_with(|| {
                places.push(place);
                next
            });
            rows.push(Row { first, last, place });
        }
        rows.sort_unstable_by_key(|row| row.first);
        if rows.windows(2).any(|pair| matches!(pair, [a, b] if a.last >= b.first)) {
            return Err(bad("two networks of the table of places overlap".to_owned()));
        }
        Ok(Self { rows: rows.into(), places: places.into() })
    }

    /// Where an address is, if the table says so.
    pub fn of(&self, address: IpAddr) -> Option<&Place> {
        let bits = ordinal(address);
        let after = self.rows.partition_point(|row| row.first <= bits);
        let row = self.rows.get(after.checked_sub(1)?)?;
        if row.last < bits {
            return None;
        }
        self.places.get(usize::try_from(row.place).ok()?)
    }
}

fn row(text: &str) -> Option<(u128, u128, Place)> {
    let mut parts = text.split(',');
    let (first, last) = Network::parse(parts.next()?.trim())?.ends();
    let mut name = || -> Option<String> {
        let name = parts.next()?.trim();
        let fits = name.chars().count() <= NAME_CHARS_MAX && !name.chars().any(char::is_control);
        fits.then(|| name.to_owned())
    };
    let (country, city) = (name()?, name()?);
    let mut degrees = |most: f64| -> Option<f64> {
        let degrees: f64 = parts.next()?.trim().parse().ok()?;
        (degrees.abs() <= most).then_some(degrees)
    };
    let (latitude, longitude) = (degrees(90.0)?, degrees(180.0)?);
    if parts.next().is_some() {
        return None;
    }
    let place = Place { country, city, latitude, longitude };
    Some((first, last, place))
}

fn bad(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A table with these lines.
    pub(crate) fn table(text: &str) -> Places {
        Places::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn an_address_is_where_its_network_is() {
        let table = table(
            "network,country,city,latitude,longitude\r\n192.0.2.0/25,DE,Berlin,52.52,13.40\r\n\
             2001:db8::/32,AU,Sydney,-33.87,151.21\n198.51.100.7/32,DE,Berlin,52.52,13.40\n\n",
        );
        assert_eq!(table.places.len(), 2);
        for (address, city) in [
            ("192.0.2.0", Some("Berlin")),
            ("192.0.2.127", Some("Berlin")),
            ("192.0.2.128", None),
            ("192.0.1.255", None),
            ("::ffff:192.0.2.1", Some("Berlin")),
            ("2001:db8::1", Some("Sydney")),
            ("2001:db9::1", None),
            ("198.51.100.7", Some("Berlin")),
            ("0.0.0.0", None),
            ("::", None),
        ] {
            let place = table.of(address.parse().unwrap());
            assert_eq!(place.map(|place| place.city.as_str()), city, "{address}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused_at_start() {
        for text in [
            "hello",
            "192.0.2.0/24,DE,Berlin,52.52",
            "192.0.2.0/24,DE,Berlin,52.52,13.40,more",
            "192.0.2.0/33,DE,Berlin,52.52,13.40",
            "192.0.2.0/24,DE,Berlin,91,13.40",
            "192.0.2.0/24,DE,Berlin,NaN,13.40",
            "192.0.2.0/24,DE,Berlin,1,1\n192.0.2.7/32,DE,Bonn,1,1",
        ] {
            let refused = Places::read(text.as_bytes());
            assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidData, "{text}");
        }
    }
}
