//! What all pages of a ticket share: head, tabs, and the facts beside them.

use super::chip::Timed;
use super::head::head;
use super::{address::href, events, margin, near};
use crate::ticket::mention::{self, Named};
use crate::ticket::message::{self, Message};
use crate::ticket::store;
use db::Tx;
use kernel::Result;
use kernel::file::{Attached, attached};
use kernel::journal::{Entry, history};
use kernel::register::{Names, Record, names_of};
use kernel::web::{Layout, Reply, Request};
use maud::{Markup, html};
use pages::Shown;
use promises::clock;
use ui::format;
use ui::tabs::{Tab, tabs};

/// Latest journal entries told in the conversation; the whole of it is the history.
pub const TOLD: usize = 60;

/// Styles and script of a ticket's pages.
pub const BUNDLES: &[&str] = &["ticket.css", "ticket.js"];

/// A tab.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was said.
    Talk,
    /// Other tickets, and who follows.
    Links,
    /// Time spent.
    Time,
    /// Files.
    Files,
    /// The journal.
    History,
}

/// What is read of a ticket for every page of it.
pub struct Sheet {
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// The latest entries of the journal, latest first.
    pub entries: Vec<Entry>,
    /// Its clocks.
    pub clocks: Vec<Timed>,
    /// Its files.
    pub files: Vec<Attached>,
    /// What the requester does, for those who do the work.
    pub about: String,
    /// Names of everything it names.
    pub names: Names,
}

impl Sheet {
    /// Reads it for a ticket that was loaded under guard; `more` are further records to be named.
    pub fn read(tx: &mut Tx, request: &Request, record: &Record, more: &[(&'static str, i64)]) -> Result<Sheet> {
        let messages = message::of_ticket(tx, record.id, request.view.may(record.shape.register, "internal"))?;
        let entries = history(tx, record.id, None, TOLD)?;
        let all = clock::of_ticket(tx, record.id)?;
        let clocks: Vec<Timed> = all.into_iter().map(|clock| Timed::load(tx, request, record, clock)).collect::<Result<_>>()?;
        let files = attached(tx, &request.view, record)?;
        let mut wanted = events::linked(record, &entries);
        wanted.extend(clocks.iter().map(|it| ("levels", it.clock.level)));
        wanted.extend(more);
        for message in &messages {
            wanted.extend(message.author.map(|id| ("people", id)));
            wanted.extend(mention::read(&message.named).map(|named| match named {
                Named::Person(id) => ("people", id),
                Named::Team(id) => ("teams", id),
            }));
        }
        let names = names_of(tx, &request.house, &request.view, std::slice::from_ref(record), &wanted)?;
        let requester = record.int("requester").filter(|_| request.view.may(record.shape.register, "internal"));
        let about = requester.map(|id| store::ticket::job_title(tx, id)).transpose()?.unwrap_or_default();
        Ok(Sheet { messages, entries, clocks, files, about, names })
    }

    /// The page with `main` under the tabs; `above` stands before them, `extra` at the end of their line.
    pub fn page(&self, request: &Request, record: &Record, part: Part, (above, extra): (&Markup, &Markup), main: &Markup) -> Reply {
        let shown = Shown { request, names: &self.names };
        let body = html! {
            (head(request, record, &self.clocks))
            div.ticket data-reads=(record.reference) {
                (ui::facts::columns(&html! { (above) (self.tabs(request, record, part, extra)) (main) }, &margin::margin(&shown, record, self), "Facts"))
            }
        };
        let live = if part == Part::Talk { pages::live::stream(request) } else { None };
        let layout = Layout { extra: BUNDLES, live, ..Layout::default() };
        let room = near::from(request).map_or(record.shape.register.key, |from| from.room());
        Reply::page(format!("{} {}", record.reference, record.title()), room, body).held(layout)
    }

    fn tabs(&self, request: &Request, record: &Record, part: Part, extra: &Markup) -> Markup {
        let here = href(&request.house, record);
        let from = near::from(request).map(|from| format!("?in={}", pages::Address::encode(&from.address))).unwrap_or_default();
        let inner = request.view.may(record.shape.register, "internal");
        let tab = |label: &str, its: Part, path: &str, count: Option<String>| Tab {
            label: label.into(),
            href: format!("{here}{path}{from}"),
            current: its == part,
            count,
        };
        let some = |count: usize| (count > 0).then(|| count.to_string());
        let links = record.get("links").ids().len() + ["parent", "duplicate_of"].iter().filter(|key| record.int(key).is_some()).count();
        let spent = record.int("time_spent").filter(|spent| *spent > 0).map(|spent| format::working(spent, false));
        let told = if self.entries.len() < TOLD { self.entries.len().to_string() } else { format!("{TOLD}+") };
        let mut all = vec![tab("Conversation", Part::Talk, "", Some((self.messages.len() + 1).to_string()))];
        if inner {
            all.push(tab("Links", Part::Links, "/links", some(links)));
            all.push(tab("Time", Part::Time, "/time", spent));
        }
        all.push(tab("Files", Part::Files, "/files", some(self.files.len())));
        all.push(tab("History", Part::History, "/history", Some(told).filter(|_| inner)));
        tabs(record.shape.register.one, &all, extra)
    }
}
