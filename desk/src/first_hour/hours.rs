//! Working hours as the form asks for them, and as a calendar writes them. Pure.

/// The days of the week, as a calendar names them, and as people read them.
pub const DAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

/// The same hours on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Days, as a calendar names them.
    pub days: Vec<String>,
    /// `08:00`.
    pub from: String,
    /// `17:00`; midnight at the end is `24:00`.
    pub until: String,
}

impl Default for Hours {
    fn default() -> Hours {
        let days = DAYS.iter().take(5).map(|(day, _)| (*day).to_owned()).collect();
        Hours { days, from: "08:00".into(), until: "17:00".into() }
    }
}

impl Hours {
    /// As a calendar writes them, a line a day. A form's time field says midnight as `00:00`; at the end of a day that is `24:00`.
    pub fn written(&self) -> String {
        let until = if self.until == "00:00" { "24:00" } else { &self.until };
        let known = DAYS.iter().filter(|(day, _)| self.days.iter().any(|it| it == day));
        known.map(|(day, _)| format!("{day} {}-{until}", self.from)).collect::<Vec<_>>().join("\n")
    }

    /// Reads what [`Hours::written`] wrote; none for hours that differ from day to day.
    pub fn read(text: &str) -> Option<Hours> {
        let mut all: Option<Hours> = None;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (day, span) = line.split_once(' ')?;
            let (from, until) = span.split_once('-').filter(|(_, until)| !until.contains(','))?;
            if !DAYS.iter().any(|(known, _)| *known == day) {
                return None;
            }
            let hours = all.get_or_insert_with(|| Hours { days: Vec::new(), from: from.into(), until: until.into() });
            if hours.from != from || hours.until != until {
                return None;
            }
            hours.days.push(day.to_owned());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_come_back_as_they_were_written() {
        let hours = Hours::default();
        assert_eq!(hours.written().lines().next(), Some("mon 08:00-17:00"));
        assert_eq!(Hours::read(&hours.written()), Some(hours));
        let night = Hours { days: vec!["sun".into(), "mon".into()], from: "00:00".into(), until: "00:00".into() };
        assert_eq!(night.written(), "mon 00:00-24:00\nsun 00:00-24:00");
        for other in ["mon-fri 08:00-17:00", "mon 08:00-12:00, 13:00-17:00", "mon 08:00-17:00\ntue 09:00-17:00"] {
            assert_eq!(Hours::read(other), None, "{other}");
        }
    }
}
