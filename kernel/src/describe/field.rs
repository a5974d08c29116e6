//! A field of a register: its name, its type and how the engine treats it.

use crate::explain::Because;

/// One admissible value of a [`Kind::Choice`] or [`Kind::Level`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored and what the API speaks. For a level this is the number as text.
    pub key: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// The number of a level; 0 for a plain choice.
    pub rung: i64,
}

/// A choice stored as text.
pub const fn opt(key: &'static str, label: &'static str) -> Choice {
    Choice { key, label, rung: 0 }
}

/// A choice stored as a number, so that it sorts (`impact` 1 to 3). `key` is the same number as text.
pub const fn rung(number: i64, key: &'static str, label: &'static str) -> Choice {
    Choice { key, label, rung: number }
}

/// The type of a field: how it is stored, checked, shown and spoken by the API.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One line of text.
    Line {
        /// Most characters.
        limit: usize,
    },
    /// Many lines of plain text.
    Text {
        /// Most characters.
        limit: usize,
    },
    /// A whole number.
    Int {
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
    },
    /// A number with a fraction.
    Real,
    /// Yes or no. Stored as 1 or 0.
    Bool,
    /// A day, stored as `YYYY-MM-DD`.
    Date,
    /// An instant, stored as milliseconds since the epoch, UTC; RFC 3339 outside.
    Time,
    /// Seconds; ISO 8601 outside.
    Duration,
    /// Minor units in the column of the field's name and an ISO 4217 code in `{key}_currency`.
    Money,
    /// One of some words.
    Choice(&'static [Choice]),
    /// One of some numbers with names.
    Level(&'static [Choice]),
    /// Another record, by the key of its register. Stored as its id.
    Link(&'static str),
    /// A record of any register. Stored as `{key}_kind` and `{key}`.
    LinkAny,
    /// Several records of one register, as dated edges in the table `relation`.
    Many(&'static str),
}

/// One field. Made by the functions of this module and refined by builders, all `const`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Column, JSON name, form name: snake_case.
    pub key: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Its type.
    pub kind: Kind,
    /// One sentence under the label and in the reference.
    pub help: &'static str,
    /// The heading it stands under on the form and the detail page; empty: the first.
    pub section: &'static str,
    /// Must have a value.
    pub required: bool,
    /// Set by rules, verbs or the engine; cannot be sent.
    pub computed: bool,
    /// A column of the list unless the viewer chooses others.
    pub listed: bool,
    /// May be filtered by, and is a facet if it is a choice, level, bool or link.
    pub filtered: bool,
    /// Its text is found by search.
    pub searched: bool,
    /// It is the record's name.
    pub title: bool,
    /// Readable only with the grant `confidential`.
    pub confidential: bool,
    /// Its text belongs to the inner side: not searched or shown for requesters.
    pub internal: bool,
    /// Added by the organisation at run time; lives in the column `custom`.
    pub custom: bool,
    /// Value of a new record when none is sent, as the API would send it; empty: none.
    pub preset: &'static str,
    /// How a computed field answers "Why?"; none: with the entries of the journal that set it.
    pub because: Option<Because>,
    /// A whole number whose course over twelve months is drawn beside it in lists.
    pub course: bool,
    /// Key of the setting above whose whole number it is an alarm; none: it never is.
    pub alarm: Option<&'static str>,
    /// Keys of the numbers that it is the product of; lists show them small beside it.
    pub factors: &'static [&'static str],
    /// A duration of work: told in hours, since a day of work has no 24 of them.
    pub working: bool,
}

const fn new(key: &'static str, label: &'static str, kind: Kind) -> Field {
    Field {
        key,
        label,
        kind,
        help: "",
        section: "",
        required: false,
        computed: false,
        listed: false,
        filtered: false,
        searched: false,
        title: false,
        confidential: false,
        internal: false,
        custom: false,
        preset: "",
        because: None,
        course: false,
        alarm: None,
        factors: &[],
        working: false,
    }
}

/// One line of text, up to 200 characters.
pub const fn line(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Line { limit: 200 })
}
/// Many lines of text, up to 100,000 characters.
pub const fn text(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Text { limit: 100_000 })
}
/// A whole number from `min` to `max`.
pub const fn int(key: &'static str, label: &'static str, min: i64, max: i64) -> Field {
    new(key, label, Kind::Int { min, max })
}
/// A number with a fraction.
pub const fn real(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Real)
}
/// Yes or no.
pub const fn bool(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Bool)
}
/// A day.
pub const fn date(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Date)
}
/// An instant.
pub const fn time(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Time)
}
/// A length of time.
pub const fn duration(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Duration)
}
/// An amount with its currency.
pub const fn money(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::Money)
}
/// One of some words.
pub const fn choice(key: &'static str, label: &'static str, of: &'static [Choice]) -> Field {
    new(key, label, Kind::Choice(of))
}
/// One of some named numbers.
pub const fn level(key: &'static str, label: &'static str, of: &'static [Choice]) -> Field {
    new(key, label, Kind::Level(of))
}
/// One record of the register `to`.
pub const fn link(key: &'static str, label: &'static str, to: &'static str) -> Field {
    new(key, label, Kind::Link(to))
}
/// One record of any register.
pub const fn link_any(key: &'static str, label: &'static str) -> Field {
    new(key, label, Kind::LinkAny)
}
/// Several records of the register `to`.
pub const fn many(key: &'static str, label: &'static str, to: &'static str) -> Field {
    new(key, label, Kind::Many(to))
}

impl Field {
    /// Must have a value.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }
    /// Cannot be sent; rules, verbs or the engine set it.
    pub const fn computed(mut self) -> Field {
        self.computed = true;
        self
    }
    /// A column of the list.
    pub const fn listed(mut self) -> Field {
        self.listed = true;
        self
    }
    /// May be filtered and grouped by.
    pub const fn filtered(mut self) -> Field {
        self.filtered = true;
        self
    }
    /// Found by search.
    pub const fn searched(mut self) -> Field {
        self.searched = true;
        self
    }
    /// The record's name: required, listed, searched.
    pub const fn title(mut self) -> Field {
        self.title = true;
        self.required = true;
        self.listed = true;
        self.searched = true;
        self
    }
    /// Readable only with the grant `confidential`.
    pub const fn confidential(mut self) -> Field {
        self.confidential = true;
        self
    }
    /// For the people who do the work, not for requesters.
    pub const fn internal(mut self) -> Field {
        self.internal = true;
        self
    }
    /// One sentence of help.
    pub const fn help(mut self, help: &'static str) -> Field {
        self.help = help;
        self
    }
    /// The heading it stands under.
    pub const fn section(mut self, section: &'static str) -> Field {
        self.section = section;
        self
    }
    /// Value of a new record when none is sent.
    pub const fn preset(mut self, value: &'static str) -> Field {
        self.preset = value;
        self
    }
    /// How it answers "Why?": the reasons, and the value that they lead to.
    pub const fn because(mut self, because: Because) -> Field {
        self.because = Some(because);
        self
    }
    /// Its course over twelve months is drawn beside it in lists: for whole numbers.
    pub const fn course(mut self) -> Field {
        self.course = true;
        self
    }
    /// Above what this setting says it is an alarm: for whole numbers.
    pub const fn alarm(mut self, above: &'static str) -> Field {
        self.alarm = Some(above);
        self
    }
    /// The numbers that it is the product of.
    pub const fn factors(mut self, of: &'static [&'static str]) -> Field {
        self.factors = of;
        self
    }
    /// A duration of work.
    pub const fn working(mut self) -> Field {
        self.working = true;
        self
    }
    /// Greatest length of a line or text, in characters.
    pub const fn limit(mut self, limit: usize) -> Field {
        self.kind = match self.kind {
            Kind::Line { .. } => Kind::Line { limit },
            Kind::Text { .. } => Kind::Text { limit },
            other => other,
        };
        self
    }

    /// The choices of a choice or a level; none for other kinds.
    pub fn choices(&self) -> &'static [Choice] {
        match self.kind {
            Kind::Choice(of) | Kind::Level(of) => of,
            _ => &[],
        }
    }
    /// Whether the value lives in columns of the record's own row.
    pub fn stored(&self) -> bool {
        !matches!(self.kind, Kind::Many(_))
    }
    /// The register a link leads to.
    pub fn target(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Link(to) | Kind::Many(to) => Some(to),
            _ => None,
        }
    }
}
