//! People, teams and machines: a face of initials and the name. The initials are decoration, the name is text.

use maud::{Markup, Render, html};

/// What kind of actor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// A person: a circle.
    #[default]
    Person,
    /// A team: a square.
    Team,
    /// A rule, a key, an import: a dashed square.
    Machine,
}

/// The size of a face.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Size {
    /// 20 px, in lists.
    #[default]
    Small,
    /// 28 px, in conversations.
    Large,
    /// 36 px, on a person's own page.
    Huge,
}

/// A person, team or machine.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// Full name.
    pub name: String,
    /// Person, team or machine.
    pub kind: Kind,
    /// Present on this page now.
    pub here: bool,
    /// Their own page.
    pub href: Option<String>,
}

impl Who {
    /// A person.
    pub fn person(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
    /// A team.
    pub fn team(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: Kind::Team, ..Self::default() }
    }
    /// A rule, key or import.
    pub fn machine(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: Kind::Machine, ..Self::default() }
    }
    /// Present now.
    pub fn here(mut self) -> Self {
        self.here = true;
        self
    }
    /// With a link to their page.
    pub fn at(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// The face alone, for places where the name stands beside or in `vh` text.
    pub fn face(&self, size: Size) -> Markup {
        let kind = match self.kind {
            Kind::Person => match tone(&self.name) {
                0 => "",
                1 => " t1",
                2 => " t2",
                3 => " t3",
                _ => " t4",
            },
            Kind::Team => " team",
            Kind::Machine => " machine",
        };
        let size = match size {
            Size::Small => "",
            Size::Large => " l",
            Size::Huge => " xl",
        };
        let here = if self.here { " here" } else { "" };
        let text = if self.kind == Kind::Machine { "⚙".into() } else { initials(&self.name) };
        html! { span class={ "face" (kind) (size) (here) } aria-hidden="true" { (text) } }
    }
}

impl Render for Who {
    fn render(&self) -> Markup {
        html! {
            span.who {
                (self.face(Size::Small))
                @match &self.href {
                    Some(href) => { a.quiet.clip href=(href) { (self.name) } }
                    None => { span.clip { (self.name) } }
                }
            }
        }
    }
}

/// A face with the name as hover and hidden text, for narrow columns; "none" in grey for nobody.
pub fn owner(who: Option<&Who>) -> Markup {
    match who {
        Some(who) => html! { span.faces title=(who.name) { (who.face(Size::Small)) } span.vh { (who.name) } },
        None => html! { span.ink3 { (crate::text::t("none")) } },
    }
}

/// Several faces overlapping; `said` names them for hover and for screen readers.
pub fn faces(all: &[Who], size: Size, said: &str) -> Markup {
    html! { span.faces title=(said) { @for who in all { (who.face(size)) } } span.vh { (said) } }
}

/// First letters of the first and last word, in capitals.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).take(3).collect()
}

/// A tone that stays with the name.
fn tone(name: &str) -> u32 {
    name.bytes().fold(2_166_136_261_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(16_777_619)) % 5
}
