//! A closure on its way through a queue, and the answer it leaves.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::SyncSender;

use tokio::sync::oneshot;

use crate::{Error, Tx};

/// What a connection's thread needs to know of a closure.
pub(crate) trait Job: Send {
    /// Runs the closure and remembers its answer; what it did is to be kept or undone.
    fn run(&mut self, tx: &mut Tx<'_>) -> Outcome;
    /// Replaces the answer by a failure.
    fn fail(&mut self, error: Error);
    /// Sends the answer. Called last.
    fn answer(&mut self);
    /// Whether anybody still waits for the answer.
    fn awaited(&self) -> bool;
}

/// What to do with what a closure did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Keep,
    Undo,
    Panicked,
}

/// Where the answer goes: to a task or to a thread.
pub(crate) enum Reply<T> {
    Task(oneshot::Sender<T>),
    Thread(SyncSender<T>),
}

pub(crate) struct Call<F, T, E> {
    pub act: F,
    pub result: Option<Result<T, E>>,
    pub reply: Option<Reply<Result<T, E>>>,
}

impl<F, T, E> Job for Call<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Outcome {
        // The closure's own state is only read again by running it again from the start.
        let (result, outcome) = match catch_unwind(AssertUnwindSafe(|| (self.act)(tx))) {
            Ok(Ok(value)) => match tx.spoilt() {
                None => (Ok(value), Outcome::Keep),
                Some(error) => (Err(E::from(error)), Outcome::Undo),
            },
            Ok(Err(error)) => (Err(error), Outcome::Undo),
            Err(panic) => (Err(E::from(Error::Panicked(message(&*panic)))), Outcome::Panicked),
        };
        self.result = Some(result);
        outcome
    }

    fn fail(&mut self, error: Error) {
        self.result = Some(Err(E::from(error)));
    }

    fn answer(&mut self) {
        let result = self.result.take().unwrap_or_else(|| Err(E::from(Error::Closed)));
        // Nobody waiting any more is no failure: the work is done all the same.
        match self.reply.take() {
            Some(Reply::Task(sender)) => drop(sender.send(result)),
            Some(Reply::Thread(sender)) => drop(sender.send(result)),
            None => {}
        }
    }

    fn awaited(&self) -> bool {
        !matches!(&self.reply, Some(Reply::Task(sender)) if sender.is_closed())
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}
