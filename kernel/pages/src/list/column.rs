//! The columns of a list: those the description lists, or those the reader chose.

use kernel::describe::{Field, Kind, Register};
use kernel::web::Request;
use ui::list::{Column, Fold, Order, Width};

use crate::address::Address;
use kernel::register::Sort;

/// One column besides the title, which is always first.
#[derive(Clone, Debug)]
pub enum Col {
    /// A field.
    Field(Field),
    /// The state of the flow.
    State,
    /// The organisation.
    Organisation,
    /// When it came to be.
    Created,
    /// When it last changed.
    Updated,
}

impl Col {
    /// As it is written in `columns=` and `sort=`.
    pub fn key(&self) -> &'static str {
        match self {
            Col::Field(field) => field.key,
            Col::State => "state",
            Col::Organisation => "organisation",
            Col::Created => "created_at",
            Col::Updated => "updated_at",
        }
    }
    /// What a person reads.
    pub fn label(&self) -> &'static str {
        match self {
            Col::Field(field) => field.label,
            Col::State => "State",
            Col::Organisation => "Organisation",
            Col::Created => "Created",
            Col::Updated => "Changed",
        }
    }
    fn sortable(&self) -> bool {
        match self {
            Col::Field(field) => sortable(field),
            Col::Organisation => false,
            _ => true,
        }
    }
    fn figures(&self) -> bool {
        matches!(self, Col::Field(Field { kind: Kind::Int { .. } | Kind::Real | Kind::Money | Kind::Duration, .. }))
    }
    fn width(&self) -> Width {
        match self {
            Col::State => Width::Large,
            Col::Created | Col::Updated => Width::Medium,
            Col::Organisation => Width::Wide,
            Col::Field(field) => match field.kind {
                Kind::Date | Kind::Time | Kind::Money | Kind::Choice(_) | Kind::Duration => Width::Medium,
                Kind::Int { .. } | Kind::Real | Kind::Bool | Kind::Level(_) => Width::Small,
                Kind::Link(_) | Kind::LinkAny | Kind::Many(_) => Width::Wide,
                _ => Width::Auto,
            },
        }
    }
}

fn sortable(field: &Field) -> bool {
    !matches!(field.kind, Kind::Many(_) | Kind::Text { .. } | Kind::LinkAny)
}

/// All columns there are, in the order of the description.
pub fn all(request: &Request, register: &'static Register) -> Vec<Col> {
    let shape = request.house.shape(register);
    let readable = shape.fields.iter().filter(|field| !field.title && request.view.reads(register, field));
    let state = (!register.states.is_empty()).then_some(Col::State);
    state.into_iter().chain(readable.copied().map(Col::Field)).chain([Col::Organisation, Col::Created, Col::Updated]).collect()
}

/// The columns of an address: those it names, else those the description lists.
pub fn chosen(request: &Request, register: &'static Register, address: &Address) -> Vec<Col> {
    let all = all(request, register);
    let asked = address.pairs.iter().find(|(key, _)| key == "columns").map(|(_, value)| value.as_str());
    let named = |text: &str| -> Vec<Col> { text.split(',').filter_map(|key| all.iter().find(|col| col.key() == key).cloned()).collect() };
    match asked.map(named).filter(|columns| !columns.is_empty()) {
        Some(columns) => columns,
        None => all.into_iter().filter(shown).collect(),
    }
}

fn shown(column: &Col) -> bool {
    match column {
        Col::Field(field) => field.listed,
        Col::State | Col::Updated => true,
        Col::Organisation | Col::Created => false,
    }
}

/// The header of the title column.
pub fn title(register: &Register, address: &Address, sort: &Sort) -> Column {
    let (href, now) = turned(address, sort, register.title().key);
    Column::new(register.one, Fold::Main).sort(href, now)
}

/// The header of a column; `place` counts from 0.
pub fn head(column: &Col, place: usize, address: &Address, sort: &Sort) -> Column {
    let fold = match place {
        0 => Fold::First,
        1 => Fold::Second,
        _ => Fold::Gone,
    };
    let mut head = Column::new(column.label(), fold).wide(column.width());
    if column.figures() {
        head = head.figures();
    }
    if column.sortable() {
        let (href, now) = turned(address, sort, column.key());
        head = head.sort(href, now);
    }
    head
}

/// The address of the list in the order of a column, turned round if it is in that order already.
fn turned(address: &Address, sort: &Sort, key: &str) -> (String, Option<Order>) {
    let now = (sort.key == key).then_some(if sort.descending { Order::Down } else { Order::Up });
    let value = if now == Some(Order::Up) { format!("-{key}") } else { key.to_owned() };
    (address.first_page().with("sort", &value).href(), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_on_a_header_turns_the_order() {
        let address = Address { path: "/risks".into(), pairs: crate::address::read("sort=score&cursor=x") };
        let (href, now) = turned(&address, &Sort::read("score"), "score");
        assert_eq!((href.as_str(), now), ("/risks?sort=-score", Some(Order::Up)));
        assert_eq!(turned(&address, &Sort::read("-score"), "score").0, "/risks?sort=score");
        assert_eq!(turned(&address, &Sort::read("-score"), "owner").1, None);
    }
}
