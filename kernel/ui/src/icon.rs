//! Icons of the sprite, by name, and the brand mark. All are hidden from screen readers; an icon alone needs a label beside it.

use std::sync::LazyLock;

use maud::{Markup, html};

use crate::assets;

/// The names in the sprite, one a line; the build takes the same list.
const NAMES: &str = include_str!("../../../web/icons.txt");

/// The same in order, so that a page with a hundred icons finds each in a few steps.
static SORTED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut names: Vec<&str> = NAMES.lines().collect();
    names.sort_unstable();
    names
});

static SPRITE: LazyLock<&str> = LazyLock::new(|| assets::url("sprite.svg"));

/// Whether the sprite holds an icon of this name.
pub fn known(name: &str) -> bool {
    SORTED.binary_search(&name).is_ok()
}

/// Every name in the sprite.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.lines()
}

/// An icon at 16 px. A name that the sprite does not hold shows as a dot in a circle.
pub fn icon(name: &str) -> Markup {
    draw(name, "i")
}

/// An icon at 14 px, inside verbs and chips.
pub fn small(name: &str) -> Markup {
    draw(name, "i i-s")
}

/// An icon at 20 px.
pub fn large(name: &str) -> Markup {
    draw(name, "i i-l")
}

fn draw(name: &str, class: &str) -> Markup {
    let name = if known(name) { name } else { "circle-dot" };
    html! { svg class=(class) aria-hidden="true" { use href={ (*SPRITE) "#i-" (name) } {} } }
}

/// The brand: a tally of five and the word, linking home.
pub fn brand(home: &str) -> Markup {
    named_brand(home, "Reeve", "")
}

/// The tally with another name, and what it is of that house: its help. Where there is little room, the name is cut, and not that.
pub fn named_brand(home: &str, name: &str, what: &str) -> Markup {
    html! {
        a.brand href=(home) aria-label=[what.is_empty().then_some(name)] {
            svg.tally viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true" {
                path d="M3.5 3v14M7.8 3v14M12.2 3v14M16.5 3v14M1.2 15.4 18.8 4.6" {}
            }
            span { (name) } " "
            @if !what.is_empty() { span.what { (what) } }
        }
    }
}
