//! Pages of the portal.

mod deeds;
mod find;
mod home;
mod report;
mod said;
mod stands;
mod thing;
mod things;

use kernel::web::Route;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get("/portal", "tickets.read", home::page, "The portal: what one can ask for, and how one's own things stand").called("Portal"),
    Route::get("/portal/report", "incidents.create", report::incident, "Reports that something does not work"),
    Route::get("/portal/ask", "requests.create", report::request, "Asks for something"),
    Route::post("/portal/report", "incidents.create", report::send_incident, "Reports that something does not work"),
    Route::post("/portal/ask", "requests.create", report::send_request, "Asks for something"),
    Route::get("/portal/similar", "tickets.read", find::similar, "Things like the one being typed, as a piece of a page"),
    Route::get("/portal/search", "tickets.read", find::page, "Finds among one's own things and what one can ask about"),
    Route::get("/portal/things", "tickets.read", things::page, "One's own things, and those one follows"),
    Route::get("/portal/things/{reference}", "tickets.read", thing::page, "One thing: how it stands, and what was said"),
    Route::post("/portal/things/{reference}/say", "tickets.read", deeds::say, "Writes, with files"),
    Route::post("/portal/things/{reference}/confirm", "tickets.read", deeds::confirm, "Says that it works again"),
    Route::post("/portal/things/{reference}/cancel", "tickets.read", deeds::cancel, "Says that it is no longer needed"),
    Route::post("/portal/things/{reference}/reopen", "tickets.read", deeds::reopen, "Says that it does not work after all, and why"),
    Route::post("/portal/things/{reference}/watch", "tickets.read", deeds::watch, "Lets somebody follow it"),
    Route::post("/portal/things/{reference}/unwatch", "tickets.read", deeds::unwatch, "Lets somebody follow it no longer"),
];
