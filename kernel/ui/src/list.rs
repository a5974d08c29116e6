//! The list table: a real table with sortable headers, tick boxes, a cursor row, and a form for narrow screens.

use maud::{Markup, Render, html};

use crate::text::t;

/// Where a column goes when the screen is narrow and a row folds to a subject and two facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fold {
    /// The subject, on the first line; takes the room that is left on wide screens too.
    Main,
    /// Beside the subject.
    Side,
    /// Second line, start.
    First,
    /// Second line, end.
    Second,
    /// A line of its own below.
    Third,
    /// Not shown.
    #[default]
    Gone,
}

/// Width of a column on wide screens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// As its content needs.
    #[default]
    Auto,
    /// 46 px: a mark, a face.
    Tiny,
    /// 72 px: a figure, a day.
    Small,
    /// 96 px: a word.
    Medium,
    /// 126 px: a clock, a status.
    Large,
    /// 190 px: a name.
    Wide,
}

/// Direction of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Header.
    pub label: String,
    /// The header is for screen readers only.
    pub silent: bool,
    /// Address of the list sorted by this column (turned round when it already is).
    pub sort: Option<String>,
    /// How the list is sorted by this column now.
    pub sorted: Option<Order>,
    /// Figures: aligned to the end.
    pub figures: bool,
    /// Width.
    pub width: Width,
    /// Place on narrow screens.
    pub fold: Fold,
}

impl Column {
    /// A column with a header and its place on narrow screens.
    pub fn new(label: impl Into<String>, fold: Fold) -> Self {
        Self { label: label.into(), fold, ..Self::default() }
    }
    /// With a width.
    pub fn wide(mut self, width: Width) -> Self {
        self.width = width;
        self
    }
    /// Of figures.
    pub fn figures(mut self) -> Self {
        self.figures = true;
        self
    }
    /// Sortable.
    pub fn sort(mut self, href: impl Into<String>, now: Option<Order>) -> Self {
        self.sort = Some(href.into());
        self.sorted = now;
        self
    }

    fn fold_class(&self) -> &'static str {
        match self.fold {
            Fold::Main => "f-main",
            Fold::Side => "f-side",
            Fold::First => "f-a",
            Fold::Second => "f-b",
            Fold::Third => "f-c",
            Fold::Gone => "f-no",
        }
    }

    fn width_class(&self) -> &'static str {
        match self.width {
            Width::Auto => "",
            Width::Tiny => " w-tiny",
            Width::Small => " w-small",
            Width::Medium => " w-medium",
            Width::Large => " w-large",
            Width::Wide => " w-wide",
        }
    }

    fn figures_class(&self) -> &'static str {
        if self.figures { " num" } else { "" }
    }
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Value of its tick box and of `data-row`; also its element id, so that live updates find it.
    pub id: String,
    /// What it is, for screen readers: "Select INC-4124".
    pub name: String,
    /// One per column.
    pub cells: Vec<Markup>,
    /// Changed since the reader looked.
    pub unread: bool,
    /// Ticked.
    pub picked: bool,
    /// The cursor stands here.
    pub cursor: bool,
    /// Starts a group: a heading row is put before it.
    pub group: Option<String>,
}

impl Row {
    fn class(&self) -> Option<String> {
        let words = [(self.unread, "unread"), (self.picked, "picked"), (self.cursor, "cursor")];
        let on: Vec<_> = words.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        (!on.is_empty()).then(|| on.join(" "))
    }
}

/// A list.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// What it lists, for screen readers.
    pub label: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows have tick boxes of this name.
    pub ticks: Option<String>,
    /// A column tells the unread rows.
    pub marks_unread: bool,
    /// The header stays in sight.
    pub sticky: bool,
    /// Where the previews of rows come from: an address to which the id of a row is put. A preview stands beside the list while the
    /// cursor rests on its row.
    pub preview: Option<String>,
    /// A closing row of sums, one cell per column.
    pub sums: Option<Vec<Markup>>,
    /// It may need more room than its place has: it scrolls sideways in a box of its own, and its header does not stay in sight.
    pub wide: bool,
}

impl Render for List {
    fn render(&self) -> Markup {
        let table = self.table();
        if !self.wide {
            return table;
        }
        html! { div.over-x tabindex="0" role="group" aria-label=(self.label) { (table) } }
    }
}

impl List {
    fn table(&self) -> Markup {
        html! {
            table.list.fold aria-label=(self.label) {
                thead class=[(self.sticky && !self.wide).then_some("stick")] { tr { (self.lead_heads()) @for column in &self.columns { (head(column)) } } }
                tbody data-rows data-preview=[&self.preview] { @for row in &self.rows { (self.row(row)) } }
                @if let Some(sums) = &self.sums {
                    tfoot { tr { @for _ in 0..self.lead() { td {} } @for (cell, column) in sums.iter().zip(&self.columns) { td class={ (column.fold_class()) (column.width_class()) (column.figures_class()) } { (cell) } } } }
                }
            }
        }
    }

    fn lead(&self) -> usize {
        usize::from(self.ticks.is_some()) + usize::from(self.marks_unread)
    }

    fn lead_heads(&self) -> Markup {
        html! {
            @if self.ticks.is_some() { th.f-tick scope="col" { input.tick type="checkbox" data-tick-all aria-label=(t("Select all on this page")); } }
            @if self.marks_unread { th.f-dot scope="col" { span.vh { (t("Unread")) } } }
        }
    }

    /// One row, also the unit of a live update (`tr` with the row's id).
    pub fn row(&self, row: &Row) -> Markup {
        html! {
            @if let Some(group) = &row.group { tr.group { td colspan=(self.lead() + self.columns.len()) { (group) } } }
            tr #{ "row-" (row.id) } role="row" data-row=(row.id) class=[row.class()] aria-current=[row.cursor.then_some("true")] {
                @if let Some(name) = &self.ticks {
                    td.f-tick role="cell" { input.tick type="checkbox" name=(name) value=(row.id) checked[row.picked] aria-label={ (t("Select")) " " (row.name) }; }
                }
                @if self.marks_unread {
                    td.f-dot role="cell" { @if row.unread { span.new-mark title=(t("New since you looked")) {} span.vh { (t("Unread")) } } }
                }
                @for (cell, column) in row.cells.iter().zip(&self.columns) { td role="cell" class={ (column.fold_class()) (column.width_class()) (column.figures_class()) } { (cell) } }
            }
        }
    }
}

fn head(column: &Column) -> Markup {
    let sorted = column.sorted.map(|order| if order == Order::Up { "ascending" } else { "descending" });
    let arrow = match column.sorted {
        Some(Order::Up) => " ↑",
        Some(Order::Down) => " ↓",
        None => "",
    };
    html! {
        th scope="col" class={ (column.fold_class()) (column.width_class()) (column.figures_class()) } aria-sort=[sorted] {
            @if column.silent { span.vh { (column.label) } }
            @else if let Some(href) = &column.sort { a.sort href=(href) { (column.label) span aria-hidden="true" { (arrow) } } }
            @else { (column.label) }
        }
    }
}

/// The subject cell: the title that opens the record, and a second line of grey facts (hidden in compact density).
pub fn subject(href: &str, title: &str, facts: &[Markup]) -> Markup {
    html! {
        div.clip { a.subject href=(href) { (title) } }
        @if !facts.is_empty() { div.clip.small.ink3.second { @for (i, fact) in facts.iter().enumerate() { @if i > 0 { span.sep {} } (fact) } } }
    }
}

/// A value edited in place (`label` says "change owner"): a link to the field's own form, opened where it stands when script runs.
pub fn edit(shown: &Markup, href: &str, label: &str) -> Markup {
    html! { a.edit href=(href) title=(label) { (shown) } }
}

/// The same when it comes in the place of its form: it takes the focus, so that the keyboard goes on there.
pub fn edited(shown: &Markup, href: &str, label: &str) -> Markup {
    html! { a.edit href=(href) title=(label) autofocus { (shown) } }
}

/// A small plain table without headers or hover: label, value (aligned to the end) and an optional sum.
pub fn plain(caption: &str, rows: &[(Markup, Markup)], sum: Option<(Markup, Markup)>) -> Markup {
    html! {
        table.list.plain {
            caption.vh { (caption) }
            tbody { @for (label, value) in rows { tr { td { (label) } td.num { (value) } } } }
            @if let Some((label, value)) = sum { tfoot { tr { td { (label) } td.num { (value) } } } }
        }
    }
}
