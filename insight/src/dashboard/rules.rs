//! The thinking behind the figures: values in, values out.

use ui::chart::Phase;
use ui::format::percent;

/// The value below which a share of the sorted values lies (nearest rank, as Hyndman and Fan's type 1).
pub fn quantile(sorted: &[i64], share: f64) -> Option<i64> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).or(sorted.last()).copied()
}

/// A p chart: the share of each subgroup with limits that tell signal from noise (three standard errors round the mean;
/// Shewhart 1931, Montgomery, Introduction to Statistical Quality Control, 7.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attainment {
    /// Share kept over all weeks; none if nothing was promised.
    pub mean: Option<f64>,
    /// (kept, promised) of each week.
    pub weeks: Vec<(i64, i64)>,
    /// Which weeks lie outside what chance explains.
    pub outside: Vec<bool>,
    /// Limits for a week of mean size.
    pub band: Option<(f64, f64)>,
}

impl Attainment {
    /// The stretch that a chart of so many points draws, in per cent.
    pub fn phase(&self, points: usize) -> Phase {
        let mean = self.mean.unwrap_or(0.0);
        Phase {
            from: 0,
            until: points,
            band: self.band.map(|(low, high)| (low * 100.0, high * 100.0)),
            mean: mean * 100.0,
            label: percent(mean, 0),
        }
    }
}

/// Puts the weeks' (kept, promised) into a p chart.
pub fn attainment(weeks: Vec<(i64, i64)>) -> Attainment {
    let (kept, promised) = weeks.iter().fold((0, 0), |(kept, promised), week| (kept + week.0, promised + week.1));
    if promised == 0 {
        return Attainment { outside: vec![false; weeks.len()], weeks, ..Attainment::default() };
    }
    let mean = kept as f64 / promised as f64;
    let limits = |size: f64| {
        let error = 3.0 * (mean * (1.0 - mean) / size).sqrt();
        ((mean - error).max(0.0), (mean + error).min(1.0))
    };
    let beyond = |(kept, promised): &(i64, i64)| {
        let (low, high) = limits(*promised as f64);
        let share = *kept as f64 / *promised as f64;
        *promised > 0 && (share < low || share > high)
    };
    let filled = weeks.iter().filter(|week| week.1 > 0).count().max(1);
    let band = limits(promised as f64 / filled as f64);
    Attainment { mean: Some(mean), outside: weeks.iter().map(beyond).collect(), band: Some(band), weeks }
}

/// Upper edges of the ages of open tickets, in days; the last is open-ended.
pub const AGES: [(i64, &str); 6] =
    [(1, "under a day"), (3, "1 to 3 days"), (7, "3 to 7 days"), (14, "1 to 2 weeks"), (30, "2 to 4 weeks"), (i64::MAX, "over 30 days")];

/// Which age an open ticket has.
pub fn age(opened_at: i64, now: i64) -> usize {
    let days = (now - opened_at) / 86_400_000;
    AGES.iter().position(|(edge, _)| days < *edge).unwrap_or(AGES.len() - 1)
}

/// How hot a count is beside the greatest, 0 to 4.
pub fn heat(count: u64, greatest: u64) -> u8 {
    match (count, greatest) {
        (0, _) | (_, 0) => 0,
        (count, greatest) => (1 + count * 3 / greatest).min(4) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        let sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        assert_eq!((quantile(&sorted, 0.5), quantile(&sorted, 0.85), quantile(&sorted, 1.0)), (Some(5), Some(9), Some(10)));
        assert_eq!((quantile(&[], 0.5), quantile(&[7], 0.01)), (None, Some(7)));
    }

    #[test]
    fn a_week_far_from_the_mean_stands_out_and_a_small_one_does_not() {
        let mut weeks = vec![(90, 100); 10];
        weeks.push((60, 100));
        weeks.push((1, 2));
        let chart = attainment(weeks);
        assert!(chart.outside[10], "60 of 100 is no chance");
        assert!(!chart.outside[11] && !chart.outside[0], "1 of 2 may be chance");
        assert_eq!(attainment(vec![(0, 0)]).mean, None);
    }

    #[test]
    fn ages_are_told_apart_at_their_edges() {
        let day = 86_400_000;
        let ages: Vec<usize> = [0, day - 1, day, 3 * day, 29 * day, 31 * day].iter().map(|old| age(100 * day - old, 100 * day)).collect();
        assert_eq!(ages, [0, 0, 1, 2, 4, 5]);
    }
}
