//! The app frame: the document with bar, rail and main, the same on every page.

use maud::{DOCTYPE, Markup, Render, html};

use crate::assets;
use crate::icon;
use crate::keys::Keys;
use crate::menu::{self, Item};
use crate::overlay::{self, Toast};
use crate::people::{Size, Who};
use crate::rail::Rail;
use crate::seek::Seek;
use crate::text::t;
use crate::verb::Verb;

/// Settings of the reader's screen, from the profile; rendered by the server so that nothing flashes.
#[derive(Debug, Clone, Default)]
pub struct Screen {
    /// Language of the page, `en` when empty.
    pub lang: String,
    /// Written from right to left.
    pub right_to_left: bool,
    /// `light` or `dark`; none follows the system.
    pub theme: Option<&'static str>,
    /// Tight lists.
    pub compact: bool,
    /// Names the person, so that what one types is not shown to the next who sits here; empty for strangers.
    pub person: String,
    /// IANA name of their time zone, for times that scripts tell; empty: that of the machine.
    pub zone: String,
    /// Whether single keys act; off when the person switched them off.
    pub keys_off: bool,
    /// What the person has in place of some keys.
    pub keys: Keys,
}

/// A running major incident in the bar.
#[derive(Debug, Clone, Default)]
pub struct Major {
    /// Its room.
    pub href: String,
    /// What is broken.
    pub what: String,
    /// How long and at what cost, hidden on small screens.
    pub so_far: String,
}

/// The bell.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    /// The page of notifications.
    pub href: String,
    /// How many are new.
    pub count: u32,
}

/// A whole page in the frame. `main` is everything below the bar and beside the rail.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Title of the window, without the product's name.
    pub title: String,
    /// The reader's screen.
    pub screen: Screen,
    /// Rooms and pages.
    pub rail: Rail,
    /// The rail shows only icons.
    pub folded: bool,
    /// Main fills the window and its parts scroll by themselves (split view).
    pub fixed: bool,
    /// Main has no padding.
    pub flush: bool,
    /// Home.
    pub home: String,
    /// The search box.
    pub seek: Seek,
    /// A running major incident.
    pub major: Option<Major>,
    /// What "New" offers; one item is a button, several a menu, none shows nothing.
    pub new: Vec<Verb>,
    /// The bell.
    pub bell: Option<Bell>,
    /// Who is signed in.
    pub me: Who,
    /// The organisation one acts in, for those who have several; empty: not shown.
    pub acting_in: String,
    /// The menu behind the name: profile, sign out.
    pub me_menu: Vec<Item>,
    /// The session's anti-forgery token, for scripts that post.
    pub csrf: String,
    /// Address of the stream of server-sent events for this page.
    pub live: Option<String>,
    /// Styles and scripts the page needs beyond the core, by the names of their bundles (`wide.css`).
    pub extra: &'static [&'static str],
    /// Toasts to show at once (the effect of the verb that led here).
    pub toasts: Vec<Toast>,
    /// The page itself.
    pub main: Markup,
    /// Dialogs and other things that lie above the page.
    pub above: Markup,
}

impl Render for Frame {
    fn render(&self) -> Markup {
        let class = format!("app{}{}", if self.folded { " folded" } else { "" }, if self.fixed { " fixed" } else { "" });
        document(
            &self.title,
            &self.screen,
            Some(&self.csrf),
            &html! {
                a.skip href="#main" { (t("Skip to content")) }
                div class=(class) data-live=[&self.live] {
                    (self.bar())
                    (self.rail)
                    main #main tabindex="-1" class=[self.flush.then_some("flush")] { (self.main) }
                }
                (self.above)
                (overlay::toasts(&self.toasts))
            },
            self.live.is_some(),
            self.extra,
        )
    }
}

impl Frame {
    fn bar(&self) -> Markup {
        html! {
            header.bar {
                a.verb.bare.icon.only-small href="#rail" aria-label=(t("Menu")) { (icon::icon("menu")) }
                (icon::brand(&self.home))
                (self.seek)
                @if let Some(major) = &self.major {
                    a.major-strip href=(major.href) { (icon::small("siren")) span { b { (t("Major")) } " " (major.what) " " span.x { "· " (major.so_far) } } }
                }
                span.live-lost hidden data-live-lost
                    data-stale=(t("This page is too old to be kept up to date. Load it again."))
                    data-gone=(t("You may no longer see this. What is on the page is as it was."))
                    data-ended=(t("You are signed out. What you typed is kept on this device."))
                    data-kept=(t("What you are editing was left as it is.")) { (t("Not live since")) " " span data-since {} }
                div.bar-verbs { (self.new_verbs()) (self.bell_verb()) (self.me_button()) }
            }
        }
    }

    fn new_verbs(&self) -> Markup {
        match self.new.as_slice() {
            [] => html! {},
            [one] => one.clone().small().icon("plus").key("n").only_wide().render(),
            many => html! {
                details.pop-menu.not-small data-menu {
                    summary.verb.small data-key="n" { (icon::small("plus")) (t("New")) " " (crate::keys::hint("n")) }
                    (menu::sheet(&many.iter().cloned().map(Item::Verb).collect::<Vec<_>>(), true))
                }
            },
        }
    }

    fn bell_verb(&self) -> Markup {
        let Some(bell) = &self.bell else { return html! {} };
        let label =
            if bell.count == 0 { t("Notifications").to_string() } else { format!("{}, {} {}", t("Notifications"), bell.count, t("new")) };
        html! {
            a.verb.bare.icon.bell href=(bell.href) data-n=[(bell.count > 0).then_some(bell.count)] aria-label=(label) data-bell=(t("Notifications")) data-new=(t("new")) { (icon::icon("bell")) }
        }
    }

    fn me_button(&self) -> Markup {
        html! {
            details.pop-menu data-menu {
                summary.me { (self.me.face(Size::Small)) span.nm { (self.me.name) @if !self.acting_in.is_empty() { span.acting { (self.acting_in) } } } (icon::small("chevron-down")) }
                (menu::sheet(&self.me_menu, true))
            }
        }
    }
}

/// The faces of every page, asked for at once: the browser waits for them a moment and never swaps them in later, so that no line
/// breaks anew while somebody reads.
const FACES: [&str; 2] = ["reeve-sans-latin.woff2", "reeve-serif-latin.woff2"];

/// A document around a body: head with styles, script and typefaces. Pages use [`Frame`] or [`crate::lone`]; this is their common ground.
/// `live` adds the script of live pages, `extra` the bundles that the page needs beyond the core.
pub fn document(title: &str, screen: &Screen, csrf: Option<&str>, body: &Markup, live: bool, extra: &[&str]) -> Markup {
    let lang = if screen.lang.is_empty() { "en" } else { &screen.lang };
    html! {
        (DOCTYPE)
        html lang=(lang) dir=[screen.right_to_left.then_some("rtl")] data-theme=[screen.theme] data-density=[screen.compact.then_some("compact")] data-keys=[screen.keys_off.then_some("off")] data-key-map=[screen.keys.mapped()] data-me=[(!screen.person.is_empty()).then_some(&screen.person)] data-zone=[(!screen.zone.is_empty()).then_some(&screen.zone)] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { @if !title.is_empty() { (title) " · " } "Reeve" }
                meta name="htmx-config" content=r#"{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"scrollBehavior":"auto","defaultSettleDelay":0,"historyCacheSize":0,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"409|412|422","swap":true},{"code":"[45]..","swap":false,"error":true}]}"#;
                @if let Some(csrf) = csrf { meta name="csrf" content=(csrf); }
                @for face in FACES { link rel="preload" href=(assets::url(face)) as="font" type="font/woff2" crossorigin; }
                // A page is drawn when all of it is there: columns that were laid out for the first rows would move with the next ones.
                link rel="expect" href="#toasts" blocking="render";
                link rel="icon" type="image/svg+xml" href=(assets::url("mark.svg"));
                link rel="stylesheet" href=(assets::url("core.css"));
                @if live { link rel="stylesheet" href=(assets::url("live.css")); }
                @for sheet in extra.iter().filter(|name| name.ends_with(".css")) { link rel="stylesheet" href=(assets::url(sheet)); }
                script type="module" src=(assets::url("core.js")) {}
                @if live { script type="module" src=(assets::url("live.js")) {} }
                @for script in extra.iter().filter(|name| name.ends_with(".js")) { script type="module" src=(assets::url(script)) {} }
            }
            body { (body) }
        }
    }
}
