//! Pages of tickets that the engine's cannot be: the queue, and a ticket with its conversation and clocks.

mod address;
mod alike;
mod chip;
mod drafts;
mod events;
mod head;
mod linked;
mod live;
mod margin;
mod near;
mod queue;
mod said;
mod seen;
mod sheet;
mod similar;
mod split;
mod stops;
mod tabs;
mod talk;
mod template;
mod ticket;
mod why;
mod words;
mod write;

pub use live::LIVE;
pub(crate) use queue::forget as forget_counts;
pub(crate) use words::words;

use super::TICKETS;
use kernel::web::Route;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get("/queue", "tickets.read", queue::page, "Incidents and requests in one queue, with views")
        .in_rail("Queue", "inbox")
        .lists(TICKETS.key, queue::asks)
        .waits(queue::waits),
    Route::get("/queue/filter", "tickets.read", queue::filter, "The form that narrows the queue by a filter more"),
    Route::get("/queue/preview", "tickets.read", queue::preview, "A ticket as it shows beside the queue"),
    Route::get("/tickets", "tickets.read", queue::moved, "Leads to the queue"),
    Route::get("/incidents/{reference}", "incidents.read", ticket::incident, "An incident: conversation, clocks, facts"),
    Route::get("/requests/{reference}", "requests.read", ticket::request, "A request: conversation, clocks, facts"),
    Route::get("/tickets/{reference}", "tickets.read", ticket::either, "Leads to the incident or request"),
    Route::post("/incidents/{reference}/said", "incidents.read", said::incident, "Sends a reply or keeps a note"),
    Route::post("/requests/{reference}/said", "requests.read", said::request, "Sends a reply or keeps a note"),
    Route::post(
        "/incidents/{reference}/held/{held}/{what}",
        "incidents.read",
        said::held_incident,
        "Takes back a reply that waits, or sends it now",
    ),
    Route::post(
        "/requests/{reference}/held/{held}/{what}",
        "requests.read",
        said::held_request,
        "Takes back a reply that waits, or sends it now",
    ),
    Route::get(
        "/incidents/{reference}/near",
        "incidents.read",
        near::incident,
        "The place of an incident in the list one came from, and its neighbours",
    ),
    Route::get(
        "/requests/{reference}/near",
        "requests.read",
        near::request,
        "The place of a request in the list one came from, and its neighbours",
    ),
    Route::get(
        "/incidents/{reference}/links",
        "incidents.read",
        linked::incident,
        "Other tickets and people that an incident has to do with",
    ),
    Route::get("/requests/{reference}/links", "requests.read", linked::request, "Other tickets and people that a request has to do with"),
    Route::get("/incidents/{reference}/drafts", "incidents.internal", drafts::incident, "What colleagues are writing on an incident now"),
    Route::get("/requests/{reference}/drafts", "requests.internal", drafts::request, "What colleagues are writing on a request now"),
    Route::get("/incidents/{reference}/time", "incidents.internal", tabs::incident_time, "Time spent on an incident"),
    Route::get("/requests/{reference}/time", "requests.internal", tabs::request_time, "Time spent on a request"),
    Route::get("/incidents/{reference}/files", "incidents.read", tabs::incident_files, "Files of an incident"),
    Route::get("/requests/{reference}/files", "requests.read", tabs::request_files, "Files of a request"),
    Route::get("/incidents/{reference}/history", "incidents.read", tabs::incident_history, "What happened to an incident"),
    Route::get("/requests/{reference}/history", "requests.read", tabs::request_history, "What happened to a request"),
    Route::get("/incidents/{reference}/stops", "incidents.internal", stops::incident, "What an incident keeps from working"),
    Route::get("/requests/{reference}/stops", "requests.internal", stops::request, "What a request has to do with"),
    Route::get("/incidents/{reference}/templates", "incidents.note", template::incident, "Templates to write with, filled in"),
    Route::get("/requests/{reference}/templates", "requests.note", template::request, "Templates to write with, filled in"),
    Route::get("/incidents/{reference}/split", "incidents.split", split::incident, "Asks what the ticket made of a message is about"),
    Route::get("/requests/{reference}/split", "requests.split", split::request, "Asks what the ticket made of a message is about"),
    Route::get("/incidents/new", "incidents.create", alike::new_incident, "A new incident, with those open now that are like it"),
    Route::get("/incidents/alike", "incidents.create", alike::alike, "Open tickets that are like what is typed"),
    Route::get("/incidents/{reference}/similar", "incidents.read", similar::incident, "Tickets with similar words"),
    Route::get("/requests/{reference}/similar", "requests.read", similar::request, "Tickets with similar words"),
];
