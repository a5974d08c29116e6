//! The future answer of a call.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use crate::Error;

/// The answer of a [`crate::Database`] call, to be awaited. The call is queued when it is made, not when it is awaited;
/// dropping the answer of a write does not stop the write, dropping the answer of a read that has not begun does.
#[must_use = "await it to learn whether the call succeeded"]
pub struct Answer<T, E>(State<T, E>);

enum State<T, E> {
    Refused(Option<Error>),
    Waiting(oneshot::Receiver<Result<T, E>>),
}

impl<T, E> Answer<T, E> {
    pub(crate) fn refused(error: Error) -> Self {
        Answer(State::Refused(Some(error)))
    }

    pub(crate) fn waiting(receiver: oneshot::Receiver<Result<T, E>>) -> Self {
        Answer(State::Waiting(receiver))
    }
}

impl<T, E: From<Error>> Future for Answer<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            State::Refused(error) => Poll::Ready(Err(error.take().unwrap_or(Error::Closed).into())),
            State::Waiting(receiver) => Pin::new(receiver).poll(context).map(|answer| answer.unwrap_or_else(|_| Err(Error::Closed.into()))),
        }
    }
}
