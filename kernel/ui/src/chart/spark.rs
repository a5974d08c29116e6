//! A trend inside a row: last point marked, no axis.

use maud::{Markup, html};

use super::scale::{Scale, path, u};

/// A sparkline; the figure it ends in stands beside it as text, so it is hidden from screen readers.
pub fn spark(values: &[f64]) -> Markup {
    let y = Scale::over(values.iter().copied(), 15.0, 3.0);
    let x = Scale::over([0.0, (values.len().max(2) - 1) as f64].into_iter(), 2.0, 62.0);
    let points = || values.iter().enumerate().map(|(i, value)| (x.at(i as f64), y.at(*value)));
    html! {
        svg.spark viewBox="0 0 64 18" aria-hidden="true" {
            path d=(path(points())) {}
            @if let Some((x, y)) = points().next_back() { circle cx=(u(x)) cy=(u(y)) r="2" {} }
        }
    }
}
