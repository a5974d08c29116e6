//! The requesters' pages: one column, plain words, a frame of their own.

use maud::{Markup, Render, html};

use crate::frame::{Screen, document};
use crate::icon;
use crate::menu::{self, Item};
use crate::overlay::{self, Toast};
use crate::people::{Size, Who};
use crate::text::t;
use crate::verb::{Verb, verbs};

/// What portal pages need beyond the core.
const EXTRA: &[&str] = &["lone.css", "portal.js", "ticket.css"];

/// A portal page.
#[derive(Debug, Clone, Default)]
pub struct Portal {
    /// Window title.
    pub title: String,
    /// The reader's screen.
    pub screen: Screen,
    /// Whose help it is; the brand says it.
    pub name: String,
    /// Its first page.
    pub home: String,
    /// Links in the bar: label, address, current.
    pub places: Vec<(String, String, bool)>,
    /// Who is signed in.
    pub me: Who,
    /// The menu behind the name.
    pub me_menu: Vec<Item>,
    /// The session's token.
    pub csrf: String,
    /// Styles and scripts the page needs beyond the portal's own.
    pub extra: &'static [&'static str],
    /// Toasts to show at once.
    pub toasts: Vec<Toast>,
    /// The page.
    pub main: Markup,
}

impl Render for Portal {
    fn render(&self) -> Markup {
        let (name, what) = if self.name.is_empty() { (t("Help"), "") } else { (self.name.as_str(), t("help")) };
        document(
            &self.title,
            &self.screen,
            Some(&self.csrf),
            &html! {
                a.skip href="#main" { (t("Skip to content")) }
                header.portal-bar {
                    (icon::named_brand(if self.home.is_empty() { "/" } else { &self.home }, name, what))
                    nav.line.push.not-small aria-label=(t("Main")) { @for (label, href, current) in &self.places { a.quiet href=(href) aria-current=[current.then_some("page")] { (label) } } }
                    details.pop-menu data-menu { summary.me { (self.me.face(Size::Small)) span.nm { (self.me.name) } (icon::small("chevron-down")) } (self.menu()) }
                }
                main.portal #main tabindex="-1" { (self.main) }
                (overlay::toasts(&self.toasts))
            },
            false,
            &[EXTRA, self.extra].concat(),
        )
    }
}

impl Portal {
    /// The menu behind the name; on small screens the places of the bar stand in it, so that the bar stays one row.
    fn menu(&self) -> Markup {
        html! {
            div.menu.at-end {
                @if !self.places.is_empty() { nav.only-small aria-label=(t("Main")) { @for (label, href, current) in &self.places { a href=(href) aria-current=[current.then_some("page")] { (label) } } hr; } }
                (menu::lines(&self.me_menu))
            }
        }
    }
}

/// How far a step of a thing's track is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Behind us.
    Done,
    /// Now.
    Now,
    /// To come.
    ToCome,
}

/// Something a requester asked for or reported.
#[derive(Debug, Clone, Default)]
pub struct Thing {
    /// What it is.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Waits for the reader: a word before the title.
    pub waits: Option<String>,
    /// One plain sentence on how it stands.
    pub sentence: Markup,
    /// The track: how far each step is, and its words: "Reported 07:49", "seen 07:52".
    pub track: Vec<(Step, String)>,
    /// What one can do.
    pub verbs: Vec<Verb>,
}

impl Render for Thing {
    fn render(&self) -> Markup {
        html! {
            li {
                div.line.between.base {
                    span { @if let Some(word) = &self.waits { (crate::marks::pill(crate::marks::Tone::Accent, None, word)) " " } a.strong.quiet href=(self.href) { (self.title) } }
                    span.ref.small { (self.number) }
                }
                p.ink2 { (self.sentence) }
                (track(&self.track))
                @if !self.verbs.is_empty() { div.line { (verbs(&self.verbs)) } }
            }
        }
    }
}

/// A track: bars, and under them the words, of which the present one is told apart.
pub fn track(steps: &[(Step, String)]) -> Markup {
    html! {
        @if !steps.is_empty() {
            div.track aria-hidden="true" { @for (step, _) in steps { i.on[*step == Step::Done].now[*step == Step::Now] {} } }
            ol.track-words.small.ink3 { @for (step, word) in steps { li aria-current=[(*step == Step::Now).then_some("step")] { (word) } } }
        }
    }
}

/// The reader's things.
pub fn things(list: &[Thing]) -> Markup {
    html! { ul.things { @for thing in list { (thing) } } }
}

/// The big search box; posts nothing, GET parameter `q`. What is found stands below it, `found` to begin with; as one types, what the
/// same address answers as a piece of a page.
pub fn big_seek(action: &str, placeholder: &str, value: &str, found: &Markup) -> Markup {
    html! {
        form.bigseek role="search" action=(action) {
            (icon::large("search"))
            input.in type="search" name="q" value=(value) aria-label=(t("Say it in your words")) placeholder=(placeholder) maxlength="200"
                hx-get=(action) hx-trigger="input changed delay:250ms" hx-target="next .found" hx-sync="this:replace";
        }
        div.found aria-live="polite" { (found) }
    }
}

/// Something one may ask for: icon, name, time and price, address.
pub type Offer = (&'static str, String, String, String);

/// Things to ask for.
pub fn offers(list: &[Offer]) -> Markup {
    html! { div.offers { @for (icon_name, name, terms, href) in list { a href=(href) { (icon::icon(icon_name)) b { (name) } small { (terms) } } } } }
}
