//! Who else is at the records of a page, as faces and words. Only those who do the work see it, and are seen.

use crate::App;
use crate::gate::Seen;
use kernel::id;
use kernel::live::{Concern, Doing, Presence, Present};
use maud::{Markup, html};
use std::sync::Arc;
use ui::people::{Size, Who, faces};

/// Most people named in words; the others are counted.
const NAMED: usize = 2;
/// Most faces.
const FACES: usize = 4;

/// What a stream knows of presence on its page.
pub(super) struct Around {
    records: Vec<String>,
    /// One's own place at the record, while the stream lasts.
    _own: Option<Own>,
    version: Option<u64>,
    digest: String,
}

struct Own {
    presence: Arc<Presence>,
    number: u64,
    app: Arc<App>,
}

impl Drop for Own {
    fn drop(&mut self) {
        self.presence.leave(self.number, self.app.now());
    }
}

impl Around {
    /// Enters the record of the page, or watches those in the list.
    pub(super) fn new(app: &Arc<App>, seen: &Seen, concern: &Concern, rows: &[String]) -> Around {
        let records = match concern {
            Concern::Record { reference, .. } => vec![reference.clone()],
            Concern::Registers(_) => rows.to_vec(),
        };
        let own = match concern {
            Concern::Record { reference, register, .. } if seen.view.may(register, "internal") && !seen.hidden => {
                let presence = app.house.memory.shared::<Presence>();
                let number = presence.enter(reference, seen.view.person, &seen.view.name);
                app.hub.wake();
                Some(Own { presence, number, app: Arc::clone(app) })
            }
            _ => None,
        };
        Around { records, _own: own, version: None, digest: id::digest("") }
    }

    /// Looks again at the next turn, whoever may see what now.
    pub(super) fn again(&mut self) {
        self.version = None;
    }

    /// Records of the page at which somebody else is, if that may have changed since it was last asked.
    pub(super) fn stirred(&mut self, app: &App, seen: &Seen) -> Option<Vec<String>> {
        let presence = app.house.memory.shared::<Presence>();
        let version = presence.version();
        if self.version == Some(version) || self.records.is_empty() {
            return None;
        }
        self.version = Some(version);
        let mut at: Vec<String> = others(&presence, seen, &self.records).into_iter().map(|it| it.at).collect();
        at.dedup();
        Some(at)
    }

    /// What the page must learn of those at records that its viewer may see inside, if it is not what it knows.
    pub(super) fn changed(&mut self, app: &App, seen: &Seen, inside: &[String]) -> Option<String> {
        let html = all(&others(&app.house.memory.shared::<Presence>(), seen, inside)).0;
        let digest = id::digest(&html);
        (digest != self.digest).then(|| {
            self.digest = digest;
            html
        })
    }
}

fn others(presence: &Presence, seen: &Seen, records: &[String]) -> Vec<Present> {
    let mut others = presence.at(records);
    others.retain(|it| it.person != seen.view.person);
    others
}

/// For each record three places: faces, who looks in words, who writes in words. What is not here is empty.
fn all(others: &[Present]) -> Markup {
    let mut records: Vec<&str> = others.iter().map(|it| it.at.as_str()).collect();
    records.dedup();
    html! {
        @for record in records {
            @let here: Vec<&Present> = others.iter().filter(|it| it.at == record).collect();
            @let writing: Vec<&Present> = here.iter().copied().filter(|it| it.doing != Doing::Looks).collect();
            @let words = names(&here, "is looking", "are looking");
            span data-presence={ "faces " (record) } { (faces(&circle(&here), Size::Small, &words)) }
            span data-presence={ "words " (record) } { (words) }
            @if let Some(first) = writing.first() {
                span data-presence={ "writes " (record) } {
                    (Who::person(&first.name).here().face(Size::Small)) " " (doing(&writing)) " " span.dots aria-hidden="true" { i {} i {} i {} }
                }
            }
        }
    }
}

fn circle(here: &[&Present]) -> Vec<Who> {
    here.iter().take(FACES).map(|it| Who::person(&it.name).here()).collect()
}

/// "Dana Okafor is replying", "Dana Okafor and Rahul Menon are writing".
fn doing(writing: &[&Present]) -> String {
    match writing {
        [one] if one.doing == Doing::Notes => format!("{} is writing a note", one.name),
        [one] => format!("{} is replying", one.name),
        more => names(more, "is writing", "are writing"),
    }
}

fn names(people: &[&Present], one: &str, many: &str) -> String {
    let short = |it: &&Present| it.name.split(' ').next().unwrap_or_default().to_owned();
    let named: Vec<String> = people.iter().take(NAMED).map(short).collect();
    match people.len() {
        1 => format!("{} {one}", named[0]),
        count if count <= NAMED => format!("{} {many}", named.join(" and ")),
        count => format!("{} and {} more {many}", named.join(", "), count - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_two_and_count_the_others() {
        let someone = |name: &str| Present { at: "INC-1".into(), person: 1, name: name.into(), doing: Doing::Looks };
        let all = [someone("Dana Okafor"), someone("Rahul Menon"), someone("Aiko Tanaka")];
        let said = |count: usize| names(&all.iter().take(count).collect::<Vec<_>>(), "is looking", "are looking");
        assert_eq!(said(1), "Dana is looking");
        assert_eq!(said(2), "Dana and Rahul are looking");
        assert_eq!(said(3), "Dana, Rahul and 1 more are looking");
    }
}
