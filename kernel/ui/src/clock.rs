//! The clock chip: time left on a promise, and which promise.

use maud::{Markup, PreEscaped, Render, html};

use crate::text::t;

/// How a promise stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// Time is running.
    #[default]
    Running,
    /// Most of it is used.
    Warning,
    /// Too late.
    Breached,
    /// Not counted at present.
    Paused,
    /// Kept.
    Met,
    /// Nothing was promised.
    None,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Warning => "warning",
            Self::Breached => "breached",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::None => "none",
        }
    }
    fn glyph(self, used: f64) -> Markup {
        let ring = || {
            html! {
                circle.track cx="7" cy="7" r="5.5" {}
                circle.arc cx="7" cy="7" r="5.5" pathLength="100" stroke-dasharray={ (format!("{:.0}", used.clamp(0.0, 1.0) * 100.0)) " 100" } {}
            }
        };
        match self {
            Self::Running => ring(),
            Self::Warning => html! { (ring()) path d="M7 4.4v3M7 9.4v.1" stroke-width="1.6" {} },
            Self::Breached => {
                PreEscaped(r#"<path d="M7 1 13 7 7 13 1 7z" stroke-width="1.6"/><path d="M7 4.4v3M7 9.3v.1" stroke-width="1.6"/>"#.into())
            }
            Self::Paused => PreEscaped(r#"<path d="M5 3v8M9 3v8"/>"#.into()),
            Self::Met => PreEscaped(r#"<path d="m2.5 7.5 3 3 6-6.5"/>"#.into()),
            Self::None => PreEscaped(r#"<path d="M3 7h8"/>"#.into()),
        }
    }
}

/// A clock chip.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// How the promise stands.
    pub state: State,
    /// Share of the time used, 0 to 1.
    pub used: f64,
    /// Time left or over, as [`crate::format::chip`] writes it; for [`State::None`] the whole text.
    pub time: String,
    /// Which promise: "resolve", "respond", "next update".
    pub promise: String,
    /// Seconds left; given when time runs now, so that the chip counts on by itself. Negative when over.
    pub left: Option<i64>,
    /// Seconds from now after which the clock stands still (service hours end), if it does.
    pub stops_in: Option<i64>,
    /// Why it stands still and until when, "outside hours, goes on Mon 08:00": now, or with `left` as soon as `stops_in` is over.
    pub rests: Option<String>,
    /// Where the whole ledger stands.
    pub why: Option<String>,
    /// What hover and focus show; see [`ledger`].
    pub ledger: Option<Markup>,
    /// The large size.
    pub large: bool,
    /// Whether its time counts around the clock, so that 24 hours of it are a day; see [`crate::format::chip`].
    pub whole_days: bool,
}

impl Clock {
    /// Why a clock that is owed stands still now; none while it counts.
    pub fn resting(&self) -> Option<&str> {
        self.rests.as_deref().filter(|_| self.left.is_none())
    }

    /// How it stands, for those who hear it: of one that stands still, that it does, and not that it is running.
    fn spoken(&self, rests: Option<&str>) -> String {
        match (self.state, rests) {
            (State::None, _) => t("no clock: ").to_owned(),
            (State::Running, Some(rests)) => format!("{rests}: "),
            (state, Some(rests)) => format!("{}, {rests}: ", t(state.word())),
            (state, None) => format!("{}: ", t(state.word())),
        }
    }

    /// What the script says once the clock stands still.
    fn later(&self) -> Option<&str> {
        self.left.and(self.rests.as_deref())
    }

    /// What the script says besides: how it stands now unless it just runs, and the word for a promise that is broken.
    fn words(&self) -> (Option<&'static str>, Option<&'static str>) {
        (self.left.filter(|_| self.state != State::Running).map(|_| t(self.state.word())), self.left.map(|_| t(State::Breached.word())))
    }
}

impl Render for Clock {
    fn render(&self) -> Markup {
        let inside = html! {
            svg viewBox="0 0 14 14" aria-hidden="true" { (self.state.glyph(self.used)) }
            span.vh { (self.spoken(self.resting())) }
            span data-time { (self.time) }
            @if self.state == State::Breached || self.left.is_some() { span data-over hidden[self.state != State::Breached] { " " (t("over")) } }
            @if !self.promise.is_empty() { " " em { (self.promise) } }
        };
        let class = if self.large { "clock large" } else { "clock" };
        let (state, (word, broken)) = (self.state.word(), self.words());
        let chip = match &self.why {
            Some(href) => {
                html! { a class=(class) href=(href) data-state=(state) title=[self.resting()] data-left=[self.left] data-stops=[self.stops_in] data-rests=[self.later()] data-word=[word] data-broken=[broken] data-days[self.whole_days] { (inside) } }
            }
            None => {
                html! { span class=(class) data-state=(state) title=[self.resting()] data-left=[self.left] data-stops=[self.stops_in] data-rests=[self.later()] data-word=[word] data-broken=[broken] data-days[self.whole_days] { (inside) } }
            }
        };
        match &self.ledger {
            Some(ledger) => html! { span.has-pop { (chip) div.pop { (ledger) } } },
            None => chip,
        }
    }
}

/// What a clock's hover shows: the promise, its intervals, the sum, a last sentence.
pub fn ledger(promise: &str, intervals: &[(String, String)], sum: (&str, &str), last: &Markup) -> Markup {
    html! {
        b { (promise) }
        table.list.plain.tiny {
            tbody { @for (what, time) in intervals { tr { td { (what) } td.num { (time) } } } }
            tfoot { tr { td { (sum.0) } td.num { (sum.1) } } }
        }
        (last)
    }
}
