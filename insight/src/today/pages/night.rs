//! Last night in sentences whose figures open their records.

use crate::today::night::{Facts, Piece, sentences};
use maud::{Markup, html};

/// The sentences under their heading, which stands for those who do not see the page.
pub fn told(facts: &Facts) -> Markup {
    html! { h2.vh { "Last night" } p.told { (pieces(facts)) } }
}

/// The sentences alone.
pub fn pieces(facts: &Facts) -> Markup {
    html! {
        @for piece in sentences(facts) {
            @match piece {
                Piece::Text(text) => { (text) }
                Piece::Figure(shown, href, what) if href.is_empty() => { span title=(what) { (shown) } }
                Piece::Figure(shown, href, what) => { a.def href=(href) title=(what) { (shown) } }
                Piece::Link(shown, href) => { a href=(href) { (shown) } }
            }
        }
    }
}
