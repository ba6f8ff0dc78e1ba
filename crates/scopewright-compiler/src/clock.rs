//! Today's date, which alias windows end against.

use std::time::{SystemTime, UNIX_EPOCH};

/// The environment variable that stands in for the clock, as reproducible builds use it.
pub const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Today in UTC as `YYYY-MM-DD`: of `SOURCE_DATE_EPOCH` (seconds since 1970) if it is given, else of the clock.
///
/// ```
/// assert_eq!(scopewright_compiler::today(Some("1709164800")), "2024-02-29");
/// ```
pub fn today(source_date_epoch: Option<&str>) -> String {
    let stated = source_date_epoch.and_then(|seconds| seconds.trim().parse::<u64>().ok());
    let seconds = stated.unwrap_or_else(|| {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since_epoch| since_epoch.as_secs())
    });
    date(seconds / 86_400)
}

/// The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar.
fn date(mut day: u64) -> String {
    let mut year = 1970_u64;
    // Whole cycles of 400 years first, so that a far-off number does not count years one by one.
    year += day / 146_097 * 400;
    day %= 146_097;
    while day >= days_in_year(year) {
        day -= days_in_year(year);
        year += 1;
    }
    let february = if days_in_year(year) == 366 { 29 } else { 28 };
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < days {
            break;
        }
        day -= days;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", day + 1)
}

const fn days_in_year(year: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    if leap { 366 } else { 365 }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(59), "1970-03-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(19_782), "2024-02-29");
        assert_eq!(date(19_783), "2024-03-01");
        assert_eq!(date(47_540), "2100-02-28");
        assert_eq!(date(47_541), "2100-03-01");
    }
}
