//! What one process remembers of the database, one value per type; each owner says itself when its value is stale.

use crate::Result;
use db::{Tx, Value};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// One remembered value per type.
#[derive(Default)]
pub struct Memory(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memory {
    /// What was kept of this type, if anything.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let all = self.0.read().unwrap_or_else(|broken| broken.into_inner());
        all.get(&TypeId::of::<T>()).cloned().and_then(|it| it.downcast().ok())
    }
    /// Keeps a value in place of the one before.
    pub fn keep<T: Any + Send + Sync>(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut all = self.0.write().unwrap_or_else(|broken| broken.into_inner());
        all.insert(TypeId::of::<T>(), Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
        value
    }
    /// What was kept of this type, or its beginning, which is then kept.
    pub fn shared<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        self.get().unwrap_or_else(|| self.keep(T::default()))
    }
}

/// The number of an epoch (`who`, `fields`, `settings`, `names`): what was remembered under another number is stale.
pub fn epoch(tx: &mut Tx, name: &str) -> Result<i64> {
    Ok(epochs(tx, [name])?[0])
}

/// What every page asks first, and some again: the epochs, and how far the journal is sealed.
const PRESENT: &str = "select name, value from epoch union all select 'sealed', coalesce(max(position), 0) from seal";

/// The position of the last sealed entry; 0 before the first.
pub fn sealed(tx: &mut Tx) -> Result<i64> {
    epoch(tx, "sealed")
}

/// The numbers of several epochs, with one statement.
pub fn epochs<const N: usize>(tx: &mut Tx, names: [&str; N]) -> Result<[i64; N]> {
    let mut found = [0; N];
    for row in tx.steady(PRESENT)?.iter() {
        if let Some(at) = names.iter().position(|name| row.text(0) == Ok(name)) {
            found[at] = row.int(1)?;
        }
    }
    Ok(found)
}

/// Moves an epoch on, in the transaction of the change.
pub fn next_epoch(tx: &mut Tx, name: &str) -> Result<()> {
    let sql = "insert into epoch (name, value) values (?1, 1) on conflict (name) do update set value = epoch.value + 1";
    tx.run(sql, &[Value::from(name)])?;
    Ok(())
}
