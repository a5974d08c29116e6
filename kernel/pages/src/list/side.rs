//! Facets: how many of each value there are, each a link that narrows the list to it or widens it again.

use db::Tx;
use kernel::Result;
use kernel::describe::Register;
use kernel::register::Facet;
use kernel::web::Request;
use maud::{Markup, html};
use ui::filter::{self, Group};
use ui::format::number;

use super::asked::Asked;
use super::bar;
use super::kept;
use crate::address::Address;

/// The facets beside a list that so many match.
pub fn facets(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    asked: &Asked,
    count: (i64, bool),
    total: &str,
) -> Result<Markup> {
    if asked.query.as_of.is_some() {
        return Ok(html! {});
    }
    let found = kept::facets(tx, request, register, &asked.query, &asked.question(), count)?;
    let address = asked.address.first_page();
    let groups: Vec<Group> = found.iter().filter(|facet| worth(facet)).map(|facet| group(&address, facet)).collect();
    Ok(filter::facets(Some(&bar::find(register, asked, total)), &groups, total))
}

/// A facet of one value that is not chosen narrows nothing.
fn worth(facet: &Facet) -> bool {
    facet.values.len() > 1 || facet.values.iter().any(|value| value.chosen)
}

fn group(address: &Address, facet: &Facet) -> Group {
    let key = facet.field.key;
    let chosen: Vec<&str> = facet.values.iter().filter(|value| value.chosen).map(|value| value.value.as_str()).collect();
    let values = facet.values.iter().map(|value| filter::Facet {
        label: value.label.clone(),
        count: format!("{}{}", number(value.count), if facet.partial { "+" } else { "" }),
        on: value.chosen,
        href: turned(address, key, &value.value, &chosen),
    });
    let all = (!chosen.is_empty()).then(|| ("All".to_owned(), address.without(key).href()));
    (facet.field.label.to_owned(), values.collect(), all)
}

/// The address with a value taken in, or out if it is chosen.
fn turned(address: &Address, key: &str, value: &str, chosen: &[&str]) -> String {
    let next: Vec<&str> = match chosen.contains(&value) {
        true => chosen.iter().copied().filter(|it| *it != value).collect(),
        false => chosen.iter().copied().chain([value]).collect(),
    };
    if next.is_empty() { address.without(key).href() } else { address.with(key, &next.join(",")).href() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_takes_a_value_in_and_out() {
        let address = Address { path: "/risks".into(), pairs: crate::address::read("state=open&q=x") };
        assert_eq!(turned(&address, "state", "closed", &["open"]), "/risks?q=x&state=open,closed");
        assert_eq!(turned(&address, "state", "open", &["open"]), "/risks?q=x");
    }
}
