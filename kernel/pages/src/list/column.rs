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
    fn money(&self) -> bool {
        matches!(self, Col::Field(Field { kind: Kind::Money, .. }))
    }
    /// The figure whose course is drawn beside it.
    pub fn course(&self) -> Option<&Field> {
        if let Col::Field(field) = self { Some(field).filter(|field| field.course) } else { None }
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
                Kind::Int { .. } if !field.factors.is_empty() => Width::Medium,
                Kind::Date | Kind::Time | Kind::Money | Kind::Choice(_) | Kind::Duration | Kind::Level(_) => Width::Medium,
                Kind::Int { .. } | Kind::Real | Kind::Bool => Width::Small,
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
        None => plain(all, register.sort.trim_start_matches('-')),
    }
}

/// The columns that the description lists, first the one by which it orders them.
fn plain(all: Vec<Col>, order: &str) -> Vec<Col> {
    let listed = |column: &Col| match column {
        Col::Field(field) => field.listed,
        Col::State => true,
        Col::Updated => order == column.key(),
        Col::Organisation | Col::Created => false,
    };
    let mut columns: Vec<Col> = all.into_iter().filter(listed).collect();
    if let Some(place) = columns.iter().position(|column| column.key() == order && column.figures()) {
        columns[..=place].rotate_right(1);
    }
    columns
}

/// The header of the title column.
pub fn title(register: &Register, address: &Address, sort: &Sort) -> Column {
    let (href, now) = turned(address, sort, register.title().key);
    Column::new(register.one, Fold::Main).sort(href, now)
}

/// The headers of the columns besides the title; a figure whose course is drawn has two.
pub fn heads(columns: &[Col], address: &Address, sort: &Sort) -> Vec<Column> {
    let mut heads = Vec::with_capacity(columns.len() + 1);
    for (column, fold) in columns.iter().zip(folds(columns)) {
        heads.push(head(column, fold, address, sort));
        if column.course().is_some() {
            heads.push(Column::new("12 months", Fold::Gone).wide(Width::Small));
        }
    }
    heads
}

/// Where columns go on narrow screens: a leading figure stands beside the subject, two facts under it, the second an amount if there is one.
fn folds(columns: &[Col]) -> Vec<Fold> {
    let mut folds = vec![Fold::Gone; columns.len()];
    let first = usize::from(columns.first().is_some_and(Col::figures));
    let second = (first + 1..columns.len()).find(|at| columns[*at].money()).unwrap_or(first + 1);
    for (at, fold) in [(0, Fold::Side), (first, Fold::First), (second, Fold::Second)] {
        if let Some(place) = folds.get_mut(at).filter(|_| fold != Fold::Side || first > 0) {
            *place = fold;
        }
    }
    folds
}

fn head(column: &Col, fold: Fold, address: &Address, sort: &Sort) -> Column {
    let mut head = Column::new(column.label(), fold).wide(column.width());
    if column.figures() || matches!(column, Col::Field(Field { kind: Kind::Date, .. })) {
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
    fn the_figure_that_orders_the_list_leads_and_stands_beside_the_subject() {
        use kernel::describe::{date, int, money};
        let field = |field: Field| Col::Field(field.listed());
        let all =
            vec![Col::State, field(date("due_on", "Due")), field(int("score", "Score", 1, 25)), field(money("loss", "Loss")), Col::Updated];
        let columns = plain(all.clone(), "score");
        assert_eq!(columns.iter().map(Col::key).collect::<Vec<_>>(), ["score", "state", "due_on", "loss"]);
        assert_eq!(folds(&columns), [Fold::Side, Fold::First, Fold::Gone, Fold::Second]);
        let columns = plain(all, "updated_at");
        assert_eq!(columns.iter().map(Col::key).collect::<Vec<_>>(), ["state", "due_on", "score", "loss", "updated_at"]);
        assert_eq!(folds(&columns), [Fold::First, Fold::Gone, Fold::Gone, Fold::Second, Fold::Gone]);
    }

    #[test]
    fn a_press_on_a_header_turns_the_order() {
        let address = Address { path: "/risks".into(), pairs: crate::address::read("sort=score&cursor=x") };
        let (href, now) = turned(&address, &Sort::read("score"), "score");
        assert_eq!((href.as_str(), now), ("/risks?sort=-score", Some(Order::Up)));
        assert_eq!(turned(&address, &Sort::read("-score"), "score").0, "/risks?sort=score");
        assert_eq!(turned(&address, &Sort::read("-score"), "owner").1, None);
    }
}
