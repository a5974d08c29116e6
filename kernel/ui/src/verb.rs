//! Verbs: what one can do. A verb that changes something is a form with a plain POST; htmx only makes it quicker.

use maud::{Markup, Render, html};

use crate::icon;

/// What a press does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Follows a link.
    Link(String),
    /// Posts a form of its own to an address, with the session's anti-forgery token.
    Post {
        /// Where to.
        url: String,
        /// The session's token.
        csrf: String,
    },
    /// Submits the form the verb stands in, optionally to another address.
    Submit(Option<String>),
    /// Opens the dialog with this id; without script, the page at the address.
    Open {
        /// The dialog's id.
        dialog: String,
        /// The page that asks the same.
        href: String,
    },
}

/// How loudly a verb speaks. At most one `First` in a group.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Look {
    /// A plain button.
    #[default]
    Plain,
    /// The verb most people come for.
    First,
    /// Without an edge.
    Bare,
    /// Cannot be undone.
    Danger,
}

/// One verb. Made by [`Verb::link`], [`Verb::post`], [`Verb::submit`] or [`Verb::open`] and refined by the methods.
#[derive(Debug, Clone)]
pub struct Verb {
    pub(crate) label: String,
    pub(crate) act: Act,
    look: Look,
    small: bool,
    pub(crate) icon: Option<&'static str>,
    alone: bool,
    pub(crate) key: Option<String>,
    pressed: Option<bool>,
    refused: Option<String>,
    hidden: Vec<(String, String)>,
    focus: bool,
    target: Option<String>,
    class: &'static str,
}

impl Verb {
    fn new(label: impl Into<String>, act: Act) -> Self {
        let label = label.into();
        Self {
            label,
            act,
            look: Look::Plain,
            small: false,
            icon: None,
            alone: false,
            key: None,
            pressed: None,
            refused: None,
            hidden: vec![],
            focus: false,
            target: None,
            class: "",
        }
    }
    /// A verb that leads to a page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label, Act::Link(href.into()))
    }
    /// A verb that changes something: posts to an address.
    pub fn post(label: impl Into<String>, url: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self::new(label, Act::Post { url: url.into(), csrf: csrf.into() })
    }
    /// A verb that submits the form around it.
    pub fn submit(label: impl Into<String>) -> Self {
        Self::new(label, Act::Submit(None))
    }
    /// A verb that submits the form around it to another address, as bulk verbs do.
    pub fn submit_to(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::new(label, Act::Submit(Some(url.into())))
    }
    /// A verb that asks more in a dialog on the page; without script it leads to a page that asks the same.
    pub fn open(label: impl Into<String>, dialog: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(label, Act::Open { dialog: dialog.into(), href: href.into() })
    }
    /// The first verb of its group.
    pub fn first(mut self) -> Self {
        self.look = Look::First;
        self
    }
    /// Without an edge.
    pub fn bare(mut self) -> Self {
        self.look = Look::Bare;
        self
    }
    /// Cannot be undone.
    pub fn danger(mut self) -> Self {
        self.look = Look::Danger;
        self
    }
    /// The small size.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }
    /// With an icon before the label.
    pub fn icon(mut self, name: &'static str) -> Self {
        self.icon = Some(name);
        self
    }
    /// Only an icon; the label is read out and shown on hover.
    pub fn only_icon(mut self, name: &'static str) -> Self {
        self.icon = Some(name);
        self.alone = true;
        self
    }
    /// The key that presses it, shown beside the label.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
    /// A toggle that is on or off.
    pub fn pressed(mut self, on: bool) -> Self {
        self.pressed = Some(on);
        self
    }
    /// Shown but not pressable, with the reason.
    pub fn refused(mut self, reason: impl Into<String>) -> Self {
        self.refused = Some(reason.into());
        self
    }
    /// A hidden field of its form; on a submitting verb, the button's own name and value.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }
    /// With script, swaps the answer into the element with this CSS selector instead of loading a page.
    pub fn swap(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }
    /// Has the focus when the page opens: it is what one came for. Only on submitting verbs.
    pub fn focus(mut self) -> Self {
        self.focus = true;
        self
    }
    /// Pushed to the end of its line.
    pub fn at_end(mut self) -> Self {
        self.class = " push";
        self
    }
    /// Not shown on small screens.
    pub fn only_wide(mut self) -> Self {
        self.class = " not-small";
        self
    }

    fn class(&self) -> String {
        let look = match self.look {
            Look::Plain => "",
            Look::First => " first",
            Look::Bare => " bare",
            Look::Danger => " danger",
        };
        let small = if self.small { " small" } else { "" };
        let alone = if self.alone { " icon" } else { "" };
        format!("verb{look}{small}{alone}{}", self.class)
    }

    pub(crate) fn inside(&self) -> Markup {
        html! {
            @if let Some(name) = self.icon { (if self.alone && !self.small { icon::icon(name) } else { icon::small(name) }) }
            @if !self.alone { (self.label) }
            @if let (Some(key), false) = (&self.key, self.alone) { " " (crate::keys::hint(key)) }
        }
    }

    /// The verb with a class list of the caller's choosing, as menus and bulk bars need it.
    pub(crate) fn draw(&self, class: &str) -> Markup {
        let label = self.alone.then_some(&self.label);
        let pressed = self.pressed.map(|on| if on { "true" } else { "false" });
        let hint = self.refused.as_ref().or(label);
        if self.refused.is_some() {
            return html! { button class=(class) type="button" disabled aria-label=[label] title=[hint] { (self.inside()) } };
        }
        match &self.act {
            Act::Link(href) => html! {
                a class=(class) href=(href) aria-label=[label] title=[hint] data-key=[&self.key] hx-get=[self.target.as_ref().map(|_| href)] hx-target=[&self.target] { (self.inside()) }
            },
            Act::Open { dialog, href } => html! {
                a class=(class) href=(href) aria-label=[label] title=[hint] data-key=[&self.key] data-open=(dialog) aria-haspopup="dialog" { (self.inside()) }
            },
            Act::Submit(to) => {
                let own = self.hidden.first();
                html! {
                    button class=(class) type="submit" formaction=[to] autofocus[self.focus] name=[own.map(|o| &o.0)] value=[own.map(|o| &o.1)] aria-label=[label] title=[hint] data-key=[&self.key] { (self.inside()) }
                }
            }
            Act::Post { url, csrf } => html! {
                form.verb-form method="post" action=(url) hx-post=[self.target.as_ref().map(|_| url)] hx-target=[&self.target] hx-swap=[self.target.as_ref().map(|_| "outerHTML")] {
                    input type="hidden" name="csrf" value=(csrf);
                    @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
                    button class=(class) type="submit" aria-pressed=[pressed] aria-label=[label] title=[hint] data-key=[&self.key] { (self.inside()) }
                }
            },
        }
    }
}

impl Render for Verb {
    fn render(&self) -> Markup {
        self.draw(&self.class())
    }
}

/// Several verbs side by side.
pub fn verbs(list: &[Verb]) -> Markup {
    html! { @for verb in list { (verb) } }
}
