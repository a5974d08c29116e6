//! A trend inside a row: last point marked, no axis.

use maud::{Markup, html};

use super::scale::{Scale, path, u};

/// A sparkline; the figure it ends in stands beside it as text, so it is hidden from screen readers.
pub fn spark(values: &[f64]) -> Markup {
    let y = Scale::over(values.iter().copied(), 15.0, 3.0);
    let x = Scale::over([0.0, (values.len().max(2) - 1) as f64].into_iter(), 2.0, 62.0);
    let points = || values.iter().enumerate().filter(|(i, _)| turns(values, *i)).map(|(i, value)| (x.at(i as f64), y.at(*value)));
    html! {
        svg.spark viewBox="0 0 64 18" aria-hidden="true" {
            path d=(path(points())) {}
            @if let Some((x, y)) = points().next_back() { circle cx=(u(x)) cy=(u(y)) r="2" {} }
        }
    }
}

/// Whether the line has a corner here: what lies within a level stretch need not be sent.
fn turns(values: &[f64], at: usize) -> bool {
    let same = |other: Option<&f64>| other.is_some_and(|other| (other - values[at]).abs() < f64::EPSILON);
    !(at > 0 && same(values.get(at - 1)) && same(values.get(at + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_stretch_has_two_points() {
        let path = spark(&[3.0, 3.0, 3.0, 5.0, 5.0]).into_string();
        assert_eq!(path.matches('L').count(), 3, "{path}");
        assert_eq!(spark(&[1.0; 13]).into_string().matches('L').count(), 1);
    }
}
