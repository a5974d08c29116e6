//! The fields of a ticket, once for incidents, requests and the queue over both.

use super::because;
use super::choices::{CHANNEL, KIND, NOTIFY, PENDING, PRIORITY, THREE};
use kernel::describe::{Field, bool, choice, duration, int, level, line, link, many, text, time};

const PEOPLE: &str = "People";
const LINKS: &str = "Links";
const OUTCOME: &str = "Outcome";
const COURSE: &str = "Course";

/// What is not known while a ticket is written down.
pub const LATER: &[&str] = &[LINKS, OUTCOME];

/// Counters end here; nobody changes a ticket more often.
const MOST: i64 = 1_000_000;

/// The fields of an incident or a request.
pub const FIELDS: [Field; 47] = [
    line("summary", "Summary").title().limit(300).help("What is wrong or needed, in one line."),
    text("description", "Description").searched().help("What happened, since when, and what it keeps from working."),
    level("impact", "Impact", THREE).filtered().preset("3").help("How much it harms: 1 high to 3 low."),
    level("urgency", "Urgency", THREE).filtered().preset("3").help("How soon it must be mended: 1 high to 3 low."),
    level("priority", "Priority", PRIORITY)
        .computed()
        .listed()
        .filtered()
        .help("Follows from impact and urgency unless set with a reason.")
        .because(because::priority),
    line("priority_reason", "Reason for the priority").computed().help("Why it differs from what impact and urgency give."),
    link("requester", "Requester", "people").listed().filtered().section(PEOPLE).help("Who asked."),
    link("team", "Team", "teams").listed().filtered().section(PEOPLE).help("Who works on it."),
    link("assignee", "Assignee", "people").listed().filtered().section(PEOPLE).help("Who of the team works on it."),
    link("opened_by", "Opened by", "people").computed().filtered().section(PEOPLE).help("Who wrote it down."),
    link("resolved_by", "Resolved by", "people").computed().filtered().section(PEOPLE),
    many("watchers", "Watchers", "people").section(PEOPLE).help("Who follows it besides those who work on it."),
    link("service", "Service", "services").listed().filtered().help("The service it is about."),
    link("item", "Configuration item", "configuration-items").filtered().help("The item it is about."),
    line("category", "Category").filtered(),
    line("subcategory", "Subcategory").filtered(),
    line("symptom", "Symptom").filtered(),
    choice("channel", "Channel", CHANNEL).filtered().help("Through what it reached the desk."),
    line("location", "Location").filtered(),
    choice("pending_reason", "Waits for", PENDING).computed().filtered().help("For whom or what it waits, while it is pending."),
    link("parent", "Parent", "tickets").filtered().section(LINKS).help("The ticket it is part of."),
    link("duplicate_of", "Duplicate of", "tickets").filtered().section(LINKS).help("The ticket that reports the same."),
    many("links", "Related tickets", "tickets").section(LINKS),
    link("merged_into", "Merged into", "tickets").computed().section(LINKS).help("The ticket that it lives on in."),
    line("external_reference", "Reference at the source").searched().filtered().section(LINKS).help("Its number where it came from."),
    line("problem_reference", "Problem").filtered().section(LINKS).help("Number of the problem behind it."),
    line("change_reference", "Change").filtered().section(LINKS).help("Number of the change that mends it."),
    line("vendor_reference", "Vendor's reference").internal().filtered().section(LINKS).help("Its number at the vendor."),
    line("caused_by", "Caused by").internal().filtered().section(LINKS).help("Number of the change that caused it."),
    line("closure_code", "Closure code").filtered().section(OUTCOME).help("In what way it ended."),
    text("resolution", "Resolution").searched().section(OUTCOME).help("What was done, in words the requester understands."),
    bool("knowledge_used", "Knowledge used").internal().filtered().section(OUTCOME).help("Whether an article helped."),
    choice("notify", "Notify", NOTIFY).section(PEOPLE).help("How the requester is told about progress."),
    bool("active", "Active")
        .computed()
        .filtered()
        .section(COURSE)
        .help("Something is still owed: not resolved, closed or cancelled.")
        .because(because::active),
    time("opened_at", "Opened").required().computed().listed().filtered().section(COURSE),
    time("due_at", "Next breach")
        .computed()
        .filtered()
        .section(COURSE)
        .help("When the promise that is due next breaks, or broke; empty while no clock runs."),
    time("first_response_at", "First response").computed().filtered().section(COURSE).help("When somebody first answered in public."),
    time("answered_at", "Last answer").computed().filtered().section(COURSE).help("When somebody of the desk last answered in public."),
    time("resolved_at", "Resolved").computed().filtered().section(COURSE),
    time("closed_at", "Closed").computed().filtered().section(COURSE),
    duration("time_to_resolve", "Time to resolve")
        .computed()
        .filtered()
        .section(COURSE)
        .help("From the opening to the last resolution, by the clock on the wall.")
        .because(because::time_to_resolve),
    int("reassignment_count", "Reassignments", 0, MOST)
        .computed()
        .filtered()
        .section(COURSE)
        .help("Changes of the team so far.")
        .because(because::reassignments),
    int("reopen_count", "Reopenings", 0, MOST).computed().filtered().section(COURSE).because(because::counter),
    int("update_count", "Updates", 0, MOST)
        .computed()
        .filtered()
        .section(COURSE)
        .help("Changes and messages so far.")
        .because(because::counter),
    bool("made_sla", "Resolution in time")
        .computed()
        .filtered()
        .section(COURSE)
        .help("Whether the promise to resolve was kept: no once it is broken, yes once it is resolved in time; empty until then, or if nothing was promised.")
        .because(because::made_sla),
    duration("time_spent", "Time spent")
        .working()
        .computed()
        .internal()
        .section(COURSE)
        .help("Sum of the times people added.")
        .because(because::time_spent),
    line("source_system", "Source").computed().filtered().section(COURSE).help("Where it was imported from."),
];

/// The same with the kind in front, for the queue over both.
pub const QUEUE_FIELDS: [Field; FIELDS.len() + 1] = {
    let mut all = [choice("kind", "Kind", KIND).computed().listed().filtered().because(because::kind); FIELDS.len() + 1];
    let mut place = 0;
    while place < FIELDS.len() {
        all[place + 1] = FIELDS[place];
        place += 1;
    }
    all
};
