//! When two people edit the same record: field by field, nothing lost, and a question only where both changed the same.

use super::{Cell, Record};

/// One field that differs between the reader's version and the present one, or that the reader changed.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeField {
    /// Field key.
    pub key: &'static str,
    /// As it was when the reader began.
    pub base: Cell,
    /// As someone else left it.
    pub theirs: Cell,
    /// As the reader wants it.
    pub yours: Cell,
    /// Both changed it, to different values.
    pub conflict: bool,
}

/// What came of bringing two edits together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merge {
    /// Fields that someone changed.
    pub fields: Vec<MergeField>,
}

impl Merge {
    /// Whether the reader must choose.
    pub fn asks(&self) -> bool {
        self.fields.iter().any(|field| field.conflict)
    }
    /// Keys the reader may save without asking: theirs alone did not touch them.
    pub fn safe(&self) -> impl Iterator<Item = &MergeField> {
        self.fields.iter().filter(|field| !field.conflict && field.yours != field.base)
    }
}

/// Compares the record as the reader got it, as it is now, and as the reader wants it.
pub fn merge(base: &Record, theirs: &Record, yours: &Record) -> Merge {
    let mut fields = Vec::new();
    for (place, field) in base.shape.fields.iter().enumerate() {
        let (base, theirs, yours) = (&base.cells[place], &theirs.cells[place], &yours.cells[place]);
        let same = |a: &Cell, b: &Cell| a.journalled() == b.journalled() || (a.is_null() && b.is_null());
        if same(base, theirs) && same(base, yours) {
            continue;
        }
        let conflict = !same(base, theirs) && !same(base, yours) && !same(theirs, yours);
        fields.push(MergeField { key: field.key, base: base.clone(), theirs: theirs.clone(), yours: yours.clone(), conflict });
    }
    Merge { fields }
}
