//! Split view: saved views with counts, the list, a preview; each scrolls alone.

use maud::{Markup, Render, html};

use crate::icon;
use crate::text::t;

/// A saved view.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Names its count, so that a live update finds it.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// How many records it holds.
    pub count: Option<String>,
    /// The count is an alarm.
    pub hot: bool,
    /// Whether it is open.
    pub current: bool,
}

impl View {
    /// How many records it holds; also what a live update puts in its place.
    pub fn counted(&self) -> Markup {
        let some = self.count.as_deref().unwrap_or_default();
        html! { span.n.hot[self.hot && !matches!(some, "" | "0")] #{ "n-" (self.key) } { (some) } }
    }
}

/// Views in groups.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// Heading over all.
    pub title: String,
    /// A verb beside the heading (new view).
    pub verb: Option<crate::verb::Verb>,
    /// Heading and views of each group.
    pub groups: Vec<(String, Vec<View>)>,
}

impl Render for Views {
    fn render(&self) -> Markup {
        html! {
            div.line.between.views-head { p.h2 { (self.title) } @if let Some(verb) = &self.verb { (verb) } }
            @for (label, views) in &self.groups {
                h2 { (label) }
                @for view in views {
                    a href=(view.href) aria-current=[view.current.then_some("page")] { (view.label) (view.counted()) }
                }
            }
        }
    }
}

impl Views {
    /// The same as a menu, for screens that have no room for them beside the list.
    fn folded(&self) -> Markup {
        html! {
            details.pop-menu.views-menu.only-small data-menu {
                summary.verb.small { (icon::small("layout-list")) (self.title) (icon::small("chevron-down")) }
                nav.menu aria-label=(self.title) {
                    @for (label, views) in &self.groups {
                        p.cap { (label) }
                        @for view in views {
                            a href=(view.href) aria-current=[view.current.then_some("page")] { (view.label) @if let Some(count) = &view.count { span.n { (count) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The three parts of a split view; use with a `fixed` and `flush` frame.
pub struct Split {
    /// Left.
    pub views: Views,
    /// Head of the list: title line and filter bar.
    pub head: Markup,
    /// The list itself, which scrolls.
    pub list: Markup,
    /// Under the list, always in sight (pager, bulk bar).
    pub foot: Markup,
    /// Right: the record under the cursor; none leaves the column away.
    pub preview: Option<Markup>,
}

impl Render for Split {
    fn render(&self) -> Markup {
        html! {
            div.split-view.no-preview[self.preview.is_none()] {
                aside.views aria-label=(t("Views")) { (self.views) }
                section.split-list #list aria-label=(t("List")) {
                    (self.views.folded())
                    div.split-head { (self.head) }
                    div.split-body tabindex="0" role="group" aria-label=(t("Rows")) { (self.list) }
                    (self.foot)
                }
                @if let Some(preview) = &self.preview { aside.preview #preview aria-label=(t("Preview")) { (preview) } }
            }
        }
    }
}

/// A register page: facets, list, and a drawer when a record is open; use with a `flush` frame and `register.css`, `register.js`.
pub struct Register {
    /// Head, tabs of views.
    pub head: Markup,
    /// Facets; see [`crate::filter::facets`].
    pub facets: Markup,
    /// Filter bar, figures, list, pager.
    pub list: Markup,
    /// The open record.
    pub drawer: Option<Markup>,
}

impl Render for Register {
    fn render(&self) -> Markup {
        html! {
            div.split-reg {
                div.reg-page {
                    (self.head)
                    div.reg-body { (self.facets) section.reg-list { (self.list) } }
                }
                div #drawer-place { @if let Some(drawer) = &self.drawer { (drawer) } }
            }
        }
    }
}
