//! What stands over the list and under it: its name and size, what it shows, taking it out, keeping it, paging.

use super::asked::Asked;
use super::counts::{self, Counted};
use super::rows::{FURTHER, further};
use crate::ticket::TICKETS;
use kernel::register::{Cursor, Page};
use kernel::web::Request;
use maud::{Markup, Render, html};
use ui::filter::kept;
use ui::icon;
use ui::pager::Pager;

/// The title line.
pub fn head(request: &Request, asked: &Asked, count: Counted) -> Markup {
    let tickets = if count == (1, false) { "ticket" } else { "tickets" };
    html! {
        div.line.list-title {
            h1.h2 { (asked.view.label) }
            span.small.ink3 { (counts::said(count)) " " (tickets) span.live-word data-live-word { span.sep {} "updated live" } }
            span.push.line.tight { (columns(asked)) (export(request, asked)) (save(request, asked)) }
        }
    }
}

fn columns(asked: &Asked) -> Markup {
    let on = further(asked);
    html! {
        details.pop-menu data-menu {
            summary.verb.small.bare { (icon::small("columns-3")) "Columns" }
            form.menu.add-filter action="/queue" {
                (kept(&asked.here.without("columns").pairs))
                @for (key, label) in FURTHER {
                    label.choice { input.tick type="checkbox" name="columns" value=(key) checked[on.iter().any(|(it, _)| it == key)]; span { (label) } }
                }
                button.verb.small.first type="submit" { "Show these" }
            }
        }
    }
}

fn export(request: &Request, asked: &Asked) -> Markup {
    if !request.view.may(&TICKETS, "export") {
        return html! {};
    }
    pages::export_menu(&TICKETS, &asked.question()).render()
}

fn save(request: &Request, asked: &Asked) -> Markup {
    let question = asked.question().query();
    pages::save_view(request, &TICKETS, &question, &html! { summary.verb.small { "Save view" } })
}

/// Under the list.
pub fn pager(asked: &Asked, found: &Page, count: Counted) -> Markup {
    let to = |cursor: &Cursor| asked.here.with("cursor", &cursor.encode()).href();
    let text = format!("{} of {} shown", found.records.len(), counts::said(count));
    Pager { text, previous: found.previous.as_ref().map(to), next: found.next.as_ref().map(to), count: None }.render()
}
