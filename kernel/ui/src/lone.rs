//! Pages outside the frame: sign-in, first run, errors.

use maud::{Markup, Render, html};

use crate::field::Field;
use crate::frame::{Screen, document};
use crate::icon;
use crate::text::t;
use crate::verb::{Verb, verbs};

/// A page of one purpose, with the house's sentence at the side.
#[derive(Debug, Clone, Default)]
pub struct Lone {
    /// Window title and h1.
    pub title: String,
    /// The reader's screen.
    pub screen: Screen,
    /// The sentence at the side.
    pub motto: String,
    /// Under it: whose server this is, in a few words each.
    pub house: Vec<String>,
    /// The page, under the h1.
    pub body: Markup,
}

impl Render for Lone {
    fn render(&self) -> Markup {
        document(
            &self.title,
            &self.screen,
            None,
            &html! {
                div.lone {
                    header.side { (icon::brand("/")) div.motto { p.serif { (self.motto) } hr.ledger; } p.small.ink3 { (self.whose()) } }
                    main #main { div.lone-form { div.only-small { (icon::brand("/")) p.small.ink3 { (self.whose()) } } h1 { (self.title) } (self.body) } }
                }
            },
            false,
            &["lone.css"],
        )
    }
}

impl Lone {
    fn whose(&self) -> Markup {
        html! { @for (i, words) in self.house.iter().enumerate() { @if i > 0 { span.sep {} } (words) } }
    }
}

/// A form with a few fields and full-width verbs, for [`Lone`] pages: sign-in, first run, reset, invitation.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Where it posts.
    pub action: String,
    /// The anti-forgery token.
    pub csrf: String,
    /// Other ways in, above the fields (single sign-on).
    pub ways: Vec<Verb>,
    /// A sentence above the fields.
    pub lead: String,
    /// What went wrong as a whole.
    pub error: Option<String>,
    /// What goes along unseen: names and values.
    pub carried: Vec<(String, String)>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Where to go on; posted as `next`.
    pub next: Option<String>,
    /// Submitting verbs and links.
    pub verbs: Vec<Verb>,
    /// A small sentence under it, and links.
    pub foot: String,
    /// Small links under it.
    pub links: Vec<(String, String)>,
}

impl Render for Entry {
    fn render(&self) -> Markup {
        html! {
            @if !self.ways.is_empty() { div.stack.ways { (verbs(&self.ways)) } p.or { (t("or")) } }
            form.stack method="post" action=(self.action) {
                input type="hidden" name="csrf" value=(self.csrf);
                @if let Some(next) = &self.next { input type="hidden" name="next" value=(next); }
                @for (name, value) in &self.carried { input type="hidden" name=(name) value=(value); }
                @if !self.lead.is_empty() { p.ink2 { (self.lead) } }
                @if let Some(error) = &self.error { p.note.bad role="alert" { (error) } }
                @for field in &self.fields { (field) }
                div.line.full-verbs { (verbs(&self.verbs)) }
            }
            @if !self.links.is_empty() || !self.foot.is_empty() {
                p.small.ink3 { (self.foot) @for (i, (text, href)) in self.links.iter().enumerate() { @if i > 0 { span.sep {} } " " a href=(href) { (text) } } }
            }
        }
    }
}

/// An error page: what did not happen, what is kept, what to do next, and a reference for the administrator.
#[derive(Debug, Clone, Default)]
pub struct ErrorPage {
    /// The status code; 0 for a page that is none of an error.
    pub code: u16,
    /// "There is no INC-4172 that you can see".
    pub title: String,
    /// The reader's screen.
    pub screen: Screen,
    /// Who is signed in; empty for nobody.
    pub name: String,
    /// The sentences under the title.
    pub text: String,
    /// Places one may have meant: text, address, grey remark.
    pub places: Vec<(String, String, String)>,
    /// What to do next.
    pub verbs: Vec<Verb>,
    /// Reference and time.
    pub reference: String,
    /// What was typed and not taken, so that it is not lost.
    pub typed: Option<Typed>,
}

/// What somebody typed into a form that was not taken: to read, to copy, and to send again where that can help.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Where the form posts.
    pub action: String,
    /// The anti-forgery token.
    pub csrf: String,
    /// Every value that is sent again: name and value.
    pub values: Vec<(String, String)>,
    /// What a person typed of it: label and text.
    pub shown: Vec<(String, String)>,
    /// The verb that sends it again; none if that cannot help.
    pub verb: Option<Verb>,
}

impl Render for Typed {
    fn render(&self) -> Markup {
        html! {
            section.typed aria-label=(t("What you typed")) {
                h2 { (t("What you typed")) }
                dl { @for (label, text) in &self.shown { dt { (label) } dd dir="auto" { (text) } } }
                @if let Some(verb) = &self.verb {
                    form method="post" action=(self.action) {
                        input type="hidden" name="csrf" value=(self.csrf);
                        @for (name, value) in &self.values { input type="hidden" name=(name) value=(value); }
                        (verb)
                    }
                }
            }
        }
    }
}

impl ErrorPage {
    /// What the page says, for frames other than its own.
    pub fn body(&self) -> Markup {
        html! {
            div.error-page {
                @if self.code > 0 { p.ref { (self.code) } }
                h1 { (self.title) }
                p.ink2 { (self.text) }
                @if !self.places.is_empty() { ul.stack { @for (text, href, remark) in &self.places { li { a href=(href) { (text) } " " span.small.ink3 { (remark) } } } } }
                @if let Some(typed) = &self.typed { (typed) }
                div.line { (verbs(&self.verbs)) }
                @if !self.reference.is_empty() { hr.ledger; p.small.ink3 { (self.reference) } }
            }
        }
    }
}

impl Render for ErrorPage {
    fn render(&self) -> Markup {
        document(
            &self.title,
            &self.screen,
            None,
            &html! {
                header.portal-bar { (icon::brand("/")) span.push.small.ink3 { (self.name) } }
                main.portal #main { (self.body()) }
            },
            false,
            &["lone.css"],
        )
    }
}

/// A page to read for whoever is not signed in.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Window title.
    pub title: String,
    /// The page, with its own h1.
    pub main: Markup,
}

impl Render for Reading {
    fn render(&self) -> Markup {
        document(
            &self.title,
            &Screen::default(),
            None,
            &html! {
                a.skip href="#main" { (t("Skip to content")) }
                header.portal-bar { (icon::brand("/")) a.small.push href="/signin" { (t("Sign in")) } }
                main.portal #main tabindex="-1" { (self.main) }
            },
            false,
            &["lone.css"],
        )
    }
}
