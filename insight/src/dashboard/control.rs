//! Is a change real or chance: the limits of an individuals chart, and the week in which its level moved.
//!
//! Limits are three standard deviations round the mean, estimated from the moving range (Shewhart 1931; Montgomery, Introduction
//! to Statistical Quality Control, 6.4). One move of the level is looked for: the one that tells before and after apart best.

/// Fewest values for limits.
const FEWEST: usize = 5;
/// Fewest values on either side of a move: fewer may be a bad fortnight.
const SIDE: usize = 4;
/// Standard errors beyond which a move is believed. More than the usual three, since the greatest of many differences is taken.
const BELIEVED: f64 = 4.0;
/// From the mean moving range of two to the standard deviation (d2 for n = 2).
const D2: f64 = 1.128;

/// A stretch of values on one level.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Place of its first value.
    pub from: usize,
    /// Place after its last value.
    pub until: usize,
    /// Their mean.
    pub mean: f64,
    /// Lower limit, not below zero: these are counts.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Stretch {
    fn of(values: &[f64], from: usize, until: usize) -> Stretch {
        let some = &values[from..until];
        let (mean, error) = (mean(some), 3.0 * deviation(some));
        Stretch { from, until, mean, low: (mean - error).max(0.0), high: mean + error }
    }
}

/// The stretches of some counts in order of time: one, or two where the level moved; none for too few values.
pub fn stretches(values: &[f64]) -> Vec<Stretch> {
    if values.len() < FEWEST {
        return Vec::new();
    }
    match moved(values) {
        Some(at) => vec![Stretch::of(values, 0, at), Stretch::of(values, at, values.len())],
        None => vec![Stretch::of(values, 0, values.len())],
    }
}

/// Which values lie outside the limits of their stretch.
pub fn outside(values: &[f64], stretches: &[Stretch]) -> Vec<bool> {
    let limits = |at: usize| stretches.iter().find(|it| (it.from..it.until).contains(&at));
    let beyond = |(at, value): (usize, &f64)| limits(at).is_some_and(|it| *value < it.low || *value > it.high);
    values.iter().enumerate().map(beyond).collect()
}

/// Where the level moved: the first place of what came after. Of all places it is the one that leaves the least squares, since one
/// deviation serves both sides; where that lies too near to an end to be believed, its neighbour would name the wrong week.
fn moved(values: &[f64]) -> Option<usize> {
    let deviation = deviation(values);
    if values.len() < 2 * SIDE || deviation <= 0.0 {
        return None;
    }
    let evidence = |at: usize| {
        let (before, after) = values.split_at(at);
        let error = deviation * (1.0 / before.len() as f64 + 1.0 / after.len() as f64).sqrt();
        (mean(before) - mean(after)).abs() / error
    };
    let (at, most) = (SIDE..=values.len() - SIDE).map(|at| (at, evidence(at))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (most > BELIEVED && most >= evidence(at - 1) && most >= evidence(at + 1)).then_some(at)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn deviation(values: &[f64]) -> f64 {
    let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    mean(&ranges) / D2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values round a level that follow from a number: chance that can be replayed.
    fn around(level: f64, count: usize, seed: u64) -> Vec<f64> {
        let mut seed = seed;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as f64 / (1_u64 << 31) as f64 - 0.5
        };
        (0..count).map(|_| (level + 8.0 * (next() + next() + next())).max(0.0)).collect()
    }

    #[test]
    fn a_move_of_the_level_is_found_where_it_was_and_chance_is_not_taken_for_one() {
        let mut found = 0;
        for seed in 1..=200 {
            assert!(stretches(&around(50.0, 26, seed)).len() <= 2);
            found += stretches(&around(50.0, 26, seed)).len() - 1;
            let mut values = around(50.0, 14, seed);
            values.extend(around(20.0, 12, seed + 1_000));
            let all = stretches(&values);
            assert_eq!(all.len(), 2, "seed {seed}");
            assert!((13..=15).contains(&all[1].from) && all[0].mean > all[1].mean, "seed {seed}: {all:?}");
        }
        assert!(found <= 6, "{found} of 200 quiet series were taken for moved");
    }

    #[test]
    fn a_move_of_late_is_told_from_its_own_week_or_not_yet() {
        let values = [32.0, 34.0, 32.0, 29.0, 29.0, 32.0, 28.0, 15.0, 11.0, 14.0, 13.0];
        let all = stretches(&values);
        assert_eq!(all.iter().map(|it| (it.from, it.until)).collect::<Vec<_>>(), [(0, 7), (7, 11)], "four weeks are enough");
        assert_eq!(outside(&values, &all), vec![false; 11]);
        let early = stretches(&values[..10]);
        assert_eq!(early.len(), 1, "three are not, and the week before them is no beginning: {early:?}");
        assert_eq!(outside(&values[..10], &early).iter().filter(|it| **it).count(), 3, "but they stand out");
    }

    #[test]
    fn a_week_beyond_the_limits_stands_out_of_its_own_stretch() {
        let mut values = around(50.0, 20, 7);
        values[9] = 120.0;
        let all = stretches(&values);
        assert_eq!(all.len(), 1);
        let odd: Vec<usize> = outside(&values, &all).iter().enumerate().filter(|it| *it.1).map(|it| it.0).collect();
        assert_eq!(odd, [9]);
    }

    #[test]
    fn few_or_equal_values_have_no_moves() {
        assert_eq!(stretches(&[1.0; 4]), []);
        let same = stretches(&[3.0; 30]);
        assert_eq!((same.len(), same[0].low, same[0].high), (1, 3.0, 3.0));
        assert_eq!(outside(&[3.0; 30], &same), vec![false; 30]);
    }
}
