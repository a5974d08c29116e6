//! Paths of practices, and the handlers they mean.

use super::parts::{Part, Parts, fits, parts};
use kernel::House;
use kernel::web::{Method, Route};

/// All routes of all practices.
pub(crate) struct Routes(Vec<(Parts, &'static Route)>);

/// A route with what the path says in place of its names.
pub(crate) type Found = (&'static Route, Vec<(String, String)>);

impl Routes {
    pub(crate) fn new(house: &House) -> Routes {
        let routes = house.practices.iter().flat_map(|practice| practice.routes);
        Routes(routes.map(|route| (parts(route.path), route)).collect())
    }

    /// The route of a path: one without names before one with.
    pub(crate) fn find(&self, method: Method, segments: &[&str]) -> Option<Found> {
        let fitting = self.0.iter().filter(|(_, route)| route.method == method);
        let found = fitting.filter_map(|(parts, route)| fits(parts, segments).map(|names| (*route, names)));
        found.min_by_key(|(_, names)| names.len())
    }

    /// Whether the path has a route with another method.
    pub(crate) fn knows(&self, segments: &[&str]) -> bool {
        self.0.iter().any(|(parts, _)| fits(parts, segments).is_some())
    }

    /// Pages that can be gone to without naming a record, those that stand first before the others.
    pub(crate) fn plain(&self) -> impl Iterator<Item = &'static Route> {
        let plain = |(parts, route): &&(Parts, &'static Route)| {
            route.method == Method::Get && (1..=2).contains(&parts.len()) && parts.iter().all(|part| matches!(part, Part::Word(_)))
        };
        let of = move |first: bool| self.0.iter().filter(plain).map(|(_, route)| *route).filter(move |route| route.first == first);
        of(true).chain(of(false))
    }
}
