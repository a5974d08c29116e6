//! The queue is read in the order of an index, whatever view and order, so that it is as quick over a million tickets.

use crate::world::{on_postgres, world};
use db::Value;
use desk::ticket::TICKETS;
use kernel::register::{Filter, Op, Query, Sort, plan};

#[test]
fn views_of_the_queue_are_read_in_order_with_nothing_sorted() {
    if on_postgres() {
        // Its planner goes by the number of rows, and there are none.
        return;
    }
    let world = world();
    let is = |key: &str, value: i64| Filter { key: key.into(), op: Op::Is, values: vec![Value::Int(value)], written: String::new() };
    let nobody = Filter { op: Op::Empty, ..is("assignee", 1) };
    let views = [vec![], vec![is("active", 1)], vec![is("active", 1), nobody], vec![is("active", 1), is("team", 7)]];
    for who in ["Ada", "Dana"] {
        for (filters, order) in
            views.iter().flat_map(|it| ["due_at", "-updated_at", "priority", "-opened_at"].map(|order| (it.clone(), order)))
        {
            // Only what is owed has a next breach.
            if filters.len() > 1 && order != "-updated_at" || filters.is_empty() && order == "due_at" {
                continue;
            }
            let query = Query { filters, sort: Sort::read(order), lean: true, ..Query::plain(&TICKETS) };
            let said = format!("{who} by {order} with {} filters", query.filters.len());
            let steps = world.read(who, move |tx, house, view| plan(tx, house, view, &TICKETS, &query)).expect("a plan");
            assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE") || step == "SCAN t"), "{said}: {steps:?}");
        }
    }
}
