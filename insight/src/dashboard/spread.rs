//! How times to resolve spread: bins that people know from speaking, wider the longer it takes.

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Lower edge of each bin in seconds, with its name on the axis. The last has no upper edge.
pub const BINS: [(i64, &str); 9] = [
    (0, "to 1 h"),
    (HOUR, "to 4 h"),
    (4 * HOUR, "to 8 h"),
    (8 * HOUR, "to 1 d"),
    (DAY, "to 3 d"),
    (3 * DAY, "to 7 d"),
    (7 * DAY, "to 14 d"),
    (14 * DAY, "to 28 d"),
    (28 * DAY, "over"),
];

/// Which bin a time falls into.
pub fn bin(seconds: i64) -> usize {
    BINS.partition_point(|(edge, _)| *edge <= seconds).saturating_sub(1)
}

/// Upper edge of a bin.
pub fn upper(bin: usize) -> Option<i64> {
    BINS.get(bin + 1).map(|(edge, _)| *edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_falls_into_the_bin_whose_edges_hold_it() {
        for seconds in [-5, 0, 1, HOUR - 1, HOUR, 5 * HOUR, DAY, 28 * DAY - 1, 28 * DAY, i64::MAX] {
            let at = bin(seconds);
            assert!(BINS[at].0 <= seconds.max(0) && upper(at).is_none_or(|edge| seconds < edge), "{seconds} is not in {at}");
        }
    }
}
