//! `TIMESTAMP` of an SRP claim: `EEE MMM d HH:mm:ss 'UTC' yyyy`, the day without padding.
//!
//! Read strictly: a padded day and a weekday that does not fit the date are refused, as the
//! service does.

use crate::time::Timestamp;

/// How far a client's clock may be off, seconds either way.
pub const SKEW_SECS_MAX: i64 = 5 * 60;
/// Longest text that is looked at.
const CHARS_MAX: usize = 32;
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Writes an instant in this form.
pub fn format(at: Timestamp) -> Option<String> {
    let when = jiff::Timestamp::from_second(at.as_secs()).ok()?;
    let date = jiff::tz::Offset::UTC.to_datetime(when);
    let weekday = DAYS.get(usize::try_from(date.weekday().to_monday_zero_offset()).ok()?)?;
    let month = MONTHS.get(usize::try_from(date.month() - 1).ok()?)?;
    Some(format!(
        "{weekday} {month} {} {:02}:{:02}:{:02} UTC {:04}",
        date.day(),
        date.hour(),
        date.minute(),
        date.second(),
        date.year()
    ))
}

/// Reads a text of exactly this form.
pub fn parse(text: &str) -> Option<Timestamp> {
    if text.len() > CHARS_MAX {
        return None;
    }
    let fields: Vec<&str> = text.split(' ').collect();
    let [_, month, day, time, "UTC", year] = fields.as_slice() else { return None };
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    let clock: Vec<&str> = time.split(':').collect();
    let [hour, minute, second] = clock.as_slice() else { return None };
    let date = jiff::civil::DateTime::new(
        year.parse().ok()?,
        i8::try_from(month).ok()?,
        day.parse().ok()?,
        hour.parse().ok()?,
        minute.parse().ok()?,
        second.parse().ok()?,
        0,
    )
    .ok()?;
    let at = jiff::tz::Offset::UTC.to_timestamp(date).ok()?;
    let at = Timestamp::from_secs(at.as_second());
    // Writing it again settles padding, signs, weekday and case at once.
    (format(at)? == text).then_some(at)
}

/// Whether a claim's time is in form and near enough to now.
pub fn is_current(text: &str, now: Timestamp) -> bool {
    parse(text).is_some_and(|at| (at.as_secs() - now.as_secs()).abs() <= SKEW_SECS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_form_only() {
        let at = parse("Fri Aug 11 15:51:06 UTC 2023").unwrap();
        assert_eq!(at.as_secs(), 1_691_769_066);
        assert!(parse("Sat Sep 5 09:00:00 UTC 2026").is_some());
        for wrong in [
            "Sat Sep 05 09:00:00 UTC 2026",
            "Tue Sep 5 09:00:00 UTC 2026",
            "Sat Sep 5 9:00:00 UTC 2026",
            "Sat Sep  5 09:00:00 UTC 2026",
            "sat Sep 5 09:00:00 UTC 2026",
            "Sat Sep 5 09:00:00 GMT 2026",
            "Sat Sep 5 09:00:60 UTC 2026",
            "Sat Sep 5 09:00:00 UTC +2026",
            "Sam Sep 5 09:00:00 UTC 2026",
            "Sat Sep 5 09:00:00 UTC 2026 ",
            "Thu Jan 1 00:00:00 UTC 99999",
            "",
        ] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
        assert_eq!(parse(&"9".repeat(10 * 1024)), None);
    }

    #[test]
    fn five_minutes_either_way() {
        let now = Timestamp::from_secs(1_691_769_066);
        for (offset, current) in [(-300, true), (-301, false), (300, true), (301, false)] {
            let text = format(now.plus_secs(offset)).unwrap();
            assert_eq!(is_current(&text, now), current, "{offset}");
        }
    }
}
