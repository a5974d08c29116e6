//! The requesters' pages: one column, plain words, a frame of their own.

use maud::{Markup, Render, html};

use crate::frame::{Screen, document};
use crate::icon;
use crate::menu::{self, Item};
use crate::overlay::{self, Toast};
use crate::people::{Size, Who};
use crate::text::t;
use crate::verb::{Verb, verbs};

/// A portal page.
#[derive(Debug, Clone, Default)]
pub struct Portal {
    /// Window title.
    pub title: String,
    /// The reader's screen.
    pub screen: Screen,
    /// Links in the bar: label, address, current.
    pub places: Vec<(String, String, bool)>,
    /// Who is signed in.
    pub me: Who,
    /// The menu behind the name.
    pub me_menu: Vec<Item>,
    /// The session's token.
    pub csrf: String,
    /// Toasts to show at once.
    pub toasts: Vec<Toast>,
    /// The page.
    pub main: Markup,
}

impl Render for Portal {
    fn render(&self) -> Markup {
        document(
            &self.title,
            &self.screen,
            Some(&self.csrf),
            &html! {
                a.skip href="#main" { (t("Skip to content")) }
                header.portal-bar {
                    (icon::brand("/"))
                    nav.line.push aria-label=(t("Main")) { @for (label, href, current) in &self.places { a.verb.bare.small href=(href) aria-current=[current.then_some("page")] { (label) } } }
                    details.pop-menu data-menu { summary.me { (self.me.face(Size::Small)) span.nm { (self.me.name) } (icon::small("chevron-down")) } (menu::sheet(&self.me_menu, true)) }
                }
                main.portal #main tabindex="-1" { (self.main) }
                (overlay::toasts(&self.toasts))
            },
            false,
            &[],
        )
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
    /// The track.
    pub track: Vec<Step>,
    /// The track in words: "Reported 07:49", "seen 07:52".
    pub words: Vec<String>,
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
                @if !self.track.is_empty() { div.track aria-hidden="true" { @for step in &self.track { i.on[*step == Step::Done].now[*step == Step::Now] {} } } }
                @if !self.words.is_empty() { p.small.ink3 { @for (i, word) in self.words.iter().enumerate() { @if i > 0 { span.sep {} } (word) } } }
                @if !self.verbs.is_empty() { div.line { (verbs(&self.verbs)) } }
            }
        }
    }
}

/// The reader's things.
pub fn things(list: &[Thing]) -> Markup {
    html! { ul.things { @for thing in list { (thing) } } }
}

/// The big search box; posts nothing, GET parameter `q`.
pub fn big_seek(action: &str, placeholder: &str) -> Markup {
    html! {
        form.bigseek role="search" action=(action) { (icon::large("search")) input.in type="search" name="q" aria-label=(t("Search answers and things to ask for")) placeholder=(placeholder) maxlength="200"; }
    }
}

/// Something one may ask for: icon, name, time and price, address.
pub type Offer = (&'static str, String, String, String);

/// Things to ask for.
pub fn offers(list: &[Offer]) -> Markup {
    html! { div.offers { @for (icon_name, name, terms, href) in list { a href=(href) { (icon::icon(icon_name)) b { (name) } small { (terms) } } } } }
}
