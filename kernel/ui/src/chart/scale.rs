//! From values to units.

/// Maps values of a range to units of a range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale over the values' range; equal or missing values lie in the middle.
    pub(super) fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values.filter(|v| v.is_finite()).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        Self { low, high, from, to }
    }

    /// The same, with zero in the range, as bars need.
    pub(super) fn from_zero(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        Self::over(values.chain([0.0]), from, to)
    }

    /// The place of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if !value.is_finite() || !span.is_finite() || span <= 0.0 {
            return (self.from + self.to) / 2.0;
        }
        self.from + (value - self.low) / span * (self.to - self.from)
    }
}

/// A place written with one decimal, which is finer than a screen.
pub(super) fn u(value: f64) -> String {
    format!("{value:.1}")
}

/// A path through points.
pub(super) fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.enumerate().map(|(i, (x, y))| format!("{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_ends_and_middle() {
        let scale = Scale::over([10.0, 30.0].into_iter(), 100.0, 0.0);
        assert_eq!((scale.at(10.0), scale.at(20.0), scale.at(30.0)), (100.0, 50.0, 0.0));
    }

    #[test]
    fn equal_none_and_odd_values_lie_in_the_middle() {
        assert_eq!(Scale::over([5.0, 5.0].into_iter(), 0.0, 10.0).at(5.0), 5.0);
        assert_eq!(Scale::over([].into_iter(), 0.0, 10.0).at(1.0), 5.0);
        assert_eq!(Scale::over([1.0, f64::NAN, 2.0].into_iter(), 0.0, 10.0).at(f64::NAN), 5.0);
    }

    #[test]
    fn bars_begin_at_zero() {
        let scale = Scale::from_zero([50.0, 100.0].into_iter(), 0.0, 200.0);
        assert_eq!(scale.at(50.0), 100.0);
    }
}
