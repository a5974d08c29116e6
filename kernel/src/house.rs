//! The house: all practices put together once at start, and what follows from their descriptions.

use crate::describe::{Field, Practice, Reaction, Register};
use crate::id::Ids;
use crate::memory::Memory;
use crate::register::Shape;
use crate::time::Clock;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Everything the program is made of, besides the data. One per process (one per world in a test).
pub struct House {
    /// All practices, lowest floor first.
    pub practices: Vec<&'static Practice>,
    /// All registers in the order of their practices.
    pub registers: Vec<&'static Register>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where identifiers come from.
    pub ids: Ids,
    /// What was read from the database and is kept until an epoch moves on.
    pub memory: Memory,
    by_key: HashMap<&'static str, &'static Register>,
    by_prefix: HashMap<&'static str, &'static Register>,
    reactions: HashMap<&'static str, Vec<&'static Reaction>>,
    shapes: RwLock<HashMap<&'static str, Arc<Shape>>>,
}

impl House {
    /// Puts the practices together, in their order.
    pub fn new(practices: &[&'static Practice], clock: Clock, seed: u64) -> Arc<House> {
        let practices = practices.to_vec();
        let registers: Vec<&'static Register> = practices.iter().flat_map(|it| it.registers).copied().collect();
        let mut reactions: HashMap<&'static str, Vec<&'static Reaction>> = HashMap::new();
        for reaction in practices.iter().flat_map(|it| it.reactions) {
            reactions.entry(reaction.on).or_default().push(reaction);
        }
        let prefixes = registers.iter().filter(|it| !it.prefix.is_empty()).map(|it| (it.prefix, *it)).collect();
        let shapes = registers.iter().map(|it| (it.key, Arc::new(Shape::new(it, Vec::new())))).collect();
        Arc::new(House {
            by_key: registers.iter().map(|it| (it.key, *it)).collect(),
            by_prefix: prefixes,
            practices,
            registers,
            clock,
            ids: Ids::new(seed),
            memory: Memory::default(),
            reactions,
            shapes: RwLock::new(shapes),
        })
    }

    /// A register by its key.
    pub fn register(&self, key: &str) -> Option<&'static Register> {
        self.by_key.get(key).copied()
    }
    /// The register whose records have references like this one (`INC-1042`).
    pub fn register_of(&self, reference: &str) -> Option<&'static Register> {
        let (prefix, _) = reference.rsplit_once('-')?;
        self.by_prefix.get(prefix.to_ascii_uppercase().as_str()).copied()
    }
    /// A register with the fields the organisation added.
    ///
    /// # Panics
    /// When the register is not part of this house: a fault of the program that every test would meet.
    pub fn shape(&self, register: &'static Register) -> Arc<Shape> {
        let shapes = self.shapes.read().unwrap_or_else(|broken| broken.into_inner());
        Arc::clone(shapes.get(register.key).expect("the register belongs to the house"))
    }
    /// Replaces the fields that the organisation added to a register.
    pub fn reshape(&self, register: &'static Register, custom: Vec<Field>) {
        let mut shapes = self.shapes.write().unwrap_or_else(|broken| broken.into_inner());
        shapes.insert(register.key, Arc::new(Shape::new(register, custom)));
    }
    /// The pages for those who only ask.
    pub fn portal(&self) -> Option<crate::web::Portal> {
        self.practices.iter().find_map(|practice| practice.portal)
    }
    /// What is to be done when a record of the register changes.
    pub fn reactions(&self, register: &str) -> &[&'static Reaction] {
        self.reactions.get(register).map_or(&[], Vec::as_slice)
    }
    /// Makes what the descriptions need in the database besides tables: a sequence of numbers per prefix. Sees to it that the journal
    /// goes on in order. At every start, before anything else is written.
    pub fn prepare(&self, tx: &mut db::Tx) -> crate::Result<()> {
        for register in self.registers.iter().filter(|register| !register.prefix.is_empty()) {
            tx.ensure_sequence(&register.prefix.to_ascii_lowercase(), 1)?;
        }
        crate::journal::prepare(tx, self)
    }
    /// A new identifier of this moment.
    pub fn new_id(&self) -> i64 {
        self.ids.next(self.clock.now())
    }
}
