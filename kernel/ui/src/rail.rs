//! The nav rail: rooms with their pages. A page one may not open is not given, so it is absent.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;

/// A page in the rail.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// An icon of the sprite.
    pub icon: &'static str,
    /// Whether the reader is there.
    pub current: bool,
    /// How much work waits, already formatted.
    pub count: Option<String>,
    /// The count is an alarm.
    pub alarm: bool,
    /// The letter that goes there after `g`.
    pub go: Option<char>,
}

/// A room: a heading and its pages. The first room usually has no heading.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Heading; empty for none.
    pub label: String,
    /// The pages.
    pub places: Vec<Place>,
}

/// The whole rail.
#[derive(Debug, Clone, Default)]
pub struct Rail {
    /// The rooms from the top.
    pub rooms: Vec<Room>,
}

impl Render for Rail {
    fn render(&self) -> Markup {
        html! {
            nav.rail #rail aria-label=(t("Main")) {
                a.verb.bare.small.only-small href="#main" { (icon::small("x")) (t("Close")) }
                @for room in self.rooms.iter().filter(|room| !room.places.is_empty()) {
                    @if !room.label.is_empty() { h2 { (room.label) } }
                    @for place in &room.places { (place) }
                }
            }
        }
    }
}

impl Render for Place {
    fn render(&self) -> Markup {
        html! {
            a href=(self.href) aria-current=[self.current.then_some("page")] title=(self.label) data-go=[self.go] {
                (icon::icon(self.icon)) span { (self.label) }
                @if let Some(count) = &self.count { span.n.bad[self.alarm] { (count) } }
            }
        }
    }
}
