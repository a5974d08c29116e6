//! What can be done to a ticket, in the order in which it happens.

mod assign;
mod effort;
mod finish;
mod links;
mod merge;
mod order;
mod split;
mod talk;
mod wait;

pub use finish::too_late;
pub(super) use links::follow;

use super::choices::{LINK, PENDING, PRIORITY, THREE};
use super::flow::ACTIVE;
use kernel::describe::{Field, Undo, Verb, bool, choice, duration, level, line, link, text, verb};

const OPEN: &[&str] = ACTIVE;
const ENDED: &[&str] = &["resolved", "closed"];
const SAID: &[&str] = &["new", "assigned", "in_progress", "pending", "resolved"];

const ASSIGN: &[Field] = &[link("team", "Team", "teams"), link("assignee", "Assignee", "people")];
const REPLY: &[Field] = &[text("text", "Text").required()];
const NOTE: &[Field] = &[text("text", "Text").required().internal()];
const PEND: &[Field] = &[
    choice("reason", "Waits for", PENDING).required().preset("requester"),
    text("text", "Note").internal().help("Kept as an internal note."),
];
const RESOLVE: &[Field] = &[
    text("resolution", "Resolution").required().help("What was done, in words the requester understands."),
    line("closure_code", "Closure code"),
    bool("children", "Resolve its children too").help("Tickets that are part of this one and still active."),
];
const WHY: &[Field] = &[text("reason", "Reason").required().limit(2_000)];
const SET_PRIORITY: &[Field] = &[
    level("impact", "Impact", THREE),
    level("urgency", "Urgency", THREE),
    level("priority", "Priority", PRIORITY).help("Only if it is to differ from what impact and urgency give."),
    line("reason", "Reason").help("Needed if the priority differs from what impact and urgency give."),
];
const ADD_TIME: &[Field] = &[duration("duration", "Time").required(), line("text", "For what").internal()];
const LINK_TO: &[Field] = &[link("ticket", "Ticket", "tickets").required(), choice("kind", "This is", LINK).required().preset("related")];
const UNLINK: &[Field] = &[link("ticket", "Ticket", "tickets").required()];
const WATCH: &[Field] = &[link("person", "Person", "people").help("A name or an e-mail address; empty: yourself.")];
const MERGE: &[Field] = &[link("into", "Into", "tickets").required().help("The ticket that lives on.")];

const SPLIT: &[Field] = &[
    line("message", "Message").required().help("The number of the message, as its address has it: m12 is 12."),
    line("summary", "Summary").required().limit(300).help("What the new ticket is about, in one line."),
];

/// The verb table.
pub const VERBS: &[Verb] = &[
    verb("take", "Take").from(OPEN).runs(assign::take).hotkey("t").help("Assigns it to you."),
    verb("assign", "Assign…").from(OPEN).asks(ASSIGN).runs(assign::assign).hotkey("a").help("Gives it to a team or a person."),
    verb("start", "Start").from(&["new", "assigned", "pending"]).to("in_progress").help("Work on it has begun."),
    verb("reply", "Reply…")
        .from(SAID)
        .asks(REPLY)
        .runs(talk::reply)
        .undo(Undo::By(talk::unsay))
        .hotkey("r")
        .single()
        .help("Writes to the requester and everybody who follows it. Can be taken back for ten seconds."),
    verb("note", "Note…")
        .asks(NOTE)
        .runs(talk::note)
        .undo(Undo::By(talk::unnote))
        .hotkey("c")
        .help("Writes something that only those who do the work can read."),
    verb("pend", "Wait…")
        .from(&["new", "assigned", "in_progress"])
        .to("pending")
        .asks(PEND)
        .runs(wait::pend)
        .hotkey("z")
        .help("Nothing can be done until somebody else has acted; clocks may pause."),
    verb("resume", "Go on").from(&["pending"]).to("in_progress").help("The wait is over."),
    verb("resolve", "Resolve…")
        .from(OPEN)
        .to("resolved")
        .asks(RESOLVE)
        .leaves_out(finish::childless)
        .runs(finish::resolve)
        .hotkey("e")
        .help("It works again, or is there: says what was done."),
    verb("close", "Close").from(&["resolved"]).to("closed").runs(finish::close).help("The requester agrees, or has not objected."),
    verb("confirm", "It works again")
        .from(SAID)
        .runs(finish::confirm)
        .single()
        .help("Whoever asked says that it works again or is there, whether or not anybody has resolved it."),
    verb("reopen", "Reopen…").from(ENDED).to("in_progress").asks(WHY).runs(finish::reopen).help("It was not done after all."),
    verb("cancel", "Cancel…").from(OPEN).to("cancelled").asks(WHY).runs(finish::cancel).help("It is no longer needed, or was no ticket."),
    verb("set-priority", "Priority…")
        .from(OPEN)
        .asks(SET_PRIORITY)
        .runs(order::set_priority)
        .hotkey("p")
        .help("Sets impact and urgency, or another priority with a reason."),
    verb("add-time", "Add time…")
        .hotkey("+")
        .asks(ADD_TIME)
        .runs(effort::add)
        .undo(Undo::By(effort::take_back))
        .single()
        .help("Notes time spent on it."),
    verb("link", "Link…").asks(LINK_TO).runs(links::link).hotkey("l").help("Relates it to another ticket."),
    verb("unlink", "Unlink…").asks(UNLINK).runs(links::unlink).help("Takes a relation to another ticket away."),
    verb("watch", "Watch")
        .asks(WATCH)
        .runs(links::watch)
        .undo(Undo::By(links::withdraw))
        .idempotent()
        .help("Somebody follows it, and sees what its requester sees."),
    verb("unwatch", "Stop watching").asks(WATCH).runs(links::unwatch).help("Somebody no longer follows it."),
    verb("split", "Split off…")
        .asks(SPLIT)
        .runs(split::split)
        .undo(Undo::Never)
        .single()
        .help("A message becomes a ticket of its own, linked with this one."),
    verb("merge", "Merge…")
        .hotkey("m")
        .asks(MERGE)
        .runs(merge::merge)
        .undo(Undo::Never)
        .single()
        .help("It lives on in another ticket: messages, times and watchers move there; whoever asked sees that one from then on."),
];

/// What somebody did, for a line of the conversation: "resolved it".
pub fn said(verb: &str) -> Option<&'static str> {
    const PAST: &[(&str, &str)] = &[
        ("take", "took it"),
        ("assign", "assigned it"),
        ("start", "began work"),
        ("reply", "replied"),
        ("note", "wrote a note"),
        ("pend", "let it wait"),
        ("resume", "went on"),
        ("resolve", "resolved it"),
        ("close", "closed it"),
        ("confirm", "said that it works again"),
        ("reopen", "reopened it"),
        ("cancel", "cancelled it"),
        ("set-priority", "set the priority"),
        ("add-time", "added time"),
        ("link", "linked it"),
        ("unlink", "took a link away"),
        ("watch", "added a watcher"),
        ("unwatch", "took a watcher off"),
        ("split", "made a ticket of a message"),
        ("merge", "merged it into another ticket"),
    ];
    PAST.iter().find(|(key, _)| *key == verb).map(|(_, said)| *said)
}
