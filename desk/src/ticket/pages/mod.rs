//! Pages of tickets that the engine's cannot be: the queue, and a ticket with its conversation and clocks.

mod address;
mod chip;
mod events;
mod head;
mod margin;
mod queue;
mod said;
mod similar;
mod talk;
mod ticket;
mod views;
mod why;
mod words;

pub(crate) use words::words;

use kernel::web::Route;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get("/queue", "tickets.read", queue::page, "Incidents and requests in one queue, with views").in_rail("Queue", "inbox"),
    Route::get("/incidents/{reference}", "incidents.read", ticket::incident, "An incident: conversation, clocks, facts"),
    Route::get("/requests/{reference}", "requests.read", ticket::request, "A request: conversation, clocks, facts"),
    Route::get("/tickets/{reference}", "tickets.read", ticket::either, "Leads to the incident or request"),
    Route::post("/incidents/{reference}/said", "incidents.read", said::incident, "Sends a reply or keeps a note"),
    Route::post("/requests/{reference}/said", "requests.read", said::request, "Sends a reply or keeps a note"),
    Route::get("/incidents/{reference}/similar", "incidents.read", similar::incident, "Tickets with similar words"),
    Route::get("/requests/{reference}/similar", "requests.read", similar::request, "Tickets with similar words"),
];
