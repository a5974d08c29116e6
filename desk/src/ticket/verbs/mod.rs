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
const ENDED: &[&str] = &["resolved", "closed", "cancelled"];
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
    verb("take", "Take").done("took it").from(OPEN).runs(assign::take).hotkey("t").help("Assigns it to you."),
    verb("assign", "Assign…")
        .done("assigned it")
        .from(OPEN)
        .asks(ASSIGN)
        .runs(assign::assign)
        .hotkey("a")
        .help("Gives it to a team or a person."),
    verb("start", "Start")
        .done("began work")
        .many("Begin work on {}")
        .from(&["new", "assigned", "pending"])
        .to("in_progress")
        .help("Work on it has begun."),
    verb("reply", "Reply…")
        .done("replied")
        .from(SAID)
        .asks(REPLY)
        .runs(talk::reply)
        .undo(Undo::By(talk::unsay))
        .hotkey("r")
        .single()
        .help("Writes to the requester and everybody who follows it. Can be taken back for ten seconds."),
    verb("note", "Note…")
        .done("wrote a note")
        .many("Write a note on {}")
        .asks(NOTE)
        .runs(talk::note)
        .undo(Undo::By(talk::unnote))
        .hotkey("c")
        .help("Writes something that only those who do the work can read."),
    verb("pend", "Wait…")
        .done("let it wait")
        .many("Let {} wait")
        .from(&["new", "assigned", "in_progress"])
        .to("pending")
        .asks(PEND)
        .runs(wait::pend)
        .hotkey("z")
        .help("Nothing can be done until somebody else has acted; clocks may pause."),
    verb("resume", "Go on").done("went on").many("Go on with {}").from(&["pending"]).to("in_progress").help("The wait is over."),
    verb("resolve", "Resolve…")
        .done("resolved it")
        .from(OPEN)
        .to("resolved")
        .asks(RESOLVE)
        .leaves_out(finish::childless)
        .runs(finish::resolve)
        .hotkey("e")
        .help("Says what was done; the requester reads it."),
    verb("close", "Close")
        .done("closed it")
        .from(&["resolved"])
        .to("closed")
        .runs(finish::close)
        .help("The requester agrees, or has not objected."),
    verb("confirm", "It works again")
        .done("said that it works again")
        .from(SAID)
        .runs(finish::confirm)
        .single()
        .help("Whoever asked says that it works again or is there, whether or not anybody has resolved it."),
    verb("reopen", "Reopen…")
        .done("reopened it")
        .from(ENDED)
        .to("in_progress")
        .asks(WHY)
        .runs(finish::reopen)
        .help("It was not done after all."),
    verb("cancel", "Cancel…")
        .done("cancelled it")
        .from(OPEN)
        .to("cancelled")
        .asks(WHY)
        .runs(finish::cancel)
        .help("It is no longer needed, or was no ticket."),
    verb("set-priority", "Priority…")
        .done("set the priority")
        .many("Set the priority of {}")
        .from(OPEN)
        .asks(SET_PRIORITY)
        .runs(order::set_priority)
        .hotkey("p")
        .help("Sets impact and urgency, or another priority with a reason."),
    verb("add-time", "Add time…")
        .done("added time")
        .hotkey("+")
        .asks(ADD_TIME)
        .runs(effort::add)
        .undo(Undo::By(effort::take_back))
        .single()
        .help("Notes time spent on it."),
    verb("link", "Link…").done("linked it").asks(LINK_TO).runs(links::link).hotkey("l").help("Relates it to another ticket."),
    verb("unlink", "Unlink…")
        .done("took a link away")
        .many("Take a link off {}")
        .asks(UNLINK)
        .runs(links::unlink)
        .help("Takes a relation to another ticket away."),
    verb("watch", "Watch")
        .done("added a watcher")
        .many("Add a watcher to {}")
        .asks(WATCH)
        .runs(links::watch)
        .undo(Undo::By(links::withdraw))
        .idempotent()
        .help("Somebody follows it, and sees what its requester sees."),
    verb("unwatch", "Stop watching")
        .done("took a watcher off")
        .many("Take a watcher off {}")
        .asks(WATCH)
        .runs(links::unwatch)
        .help("Somebody no longer follows it."),
    verb("split", "Split off…")
        .done("made a ticket of a message")
        .asks(SPLIT)
        .runs(split::split)
        .undo(Undo::Never)
        .single()
        .help("A message becomes a ticket of its own, linked with this one."),
    verb("merge", "Merge…")
        .done("merged it into another ticket")
        .hotkey("m")
        .asks(MERGE)
        .runs(merge::merge)
        .undo(Undo::Never)
        .single()
        .help("It lives on in another ticket: messages, times and watchers move there; whoever asked sees that one from then on."),
];

/// What somebody did, for a line of the conversation: "resolved it".
pub fn said(verb: &str) -> Option<&'static str> {
    VERBS.iter().find(|it| it.key == verb).map(|it| it.done)
}
