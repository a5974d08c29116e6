//! Who reads the page that is being made: their keys, and how they read dates and numbers. Held for the time of making a page, so
//! that no component has to hand it on; whoever makes one for nobody in particular gets what comes with the product.

use std::cell::RefCell;
use std::sync::Arc;

use crate::keys::Keys;
use crate::manner::{self, Manner};

/// A reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reader {
    /// What they have in place of some keys.
    pub keys: Keys,
    manner: Option<&'static Manner>,
}

impl Reader {
    /// A reader by what is kept of them: their keys as [`Keys::written`] wrote them, and the tag of their [`Manner`].
    pub fn new(keys: &str, manner: &str) -> Reader {
        Reader { keys: Keys::read(keys), manner: Some(manner::find(manner)) }
    }

    /// How they write dates and numbers.
    pub fn manner(&self) -> &'static Manner {
        self.manner.unwrap_or(&manner::ALL[0])
    }
}

thread_local! {
    static PRESENT: RefCell<Arc<Reader>> = RefCell::default();
}

/// Puts the reader before back when a page is made, or could not be.
struct Before(Arc<Reader>);

impl Drop for Before {
    fn drop(&mut self) {
        PRESENT.with(|present| *present.borrow_mut() = Arc::clone(&self.0));
    }
}

/// Makes something for a reader.
pub fn reading<T>(reader: &Arc<Reader>, make: impl FnOnce() -> T) -> T {
    let before = PRESENT.with(|present| std::mem::replace(&mut *present.borrow_mut(), Arc::clone(reader)));
    let _before = Before(before);
    make()
}

/// Asks the present reader.
pub(crate) fn with<T>(ask: impl FnOnce(&Reader) -> T) -> T {
    PRESENT.with(|present| ask(&present.borrow()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(keys: &str) -> Arc<Reader> {
        Arc::new(Reader::new(keys, ""))
    }

    #[test]
    fn a_reader_is_gone_when_the_page_is_made_or_failed() {
        let shown = || crate::keys::hint("e").into_string();
        let inner = reading(&reader("e=d"), || (shown(), reading(&reader("e=h"), shown), shown()));
        assert_eq!(inner, ("<kbd>d</kbd>".into(), "<kbd>h</kbd>".into(), "<kbd>d</kbd>".into()));
        let failed = std::panic::catch_unwind(|| reading(&reader("e=d"), || panic!("no page")));
        assert!(failed.is_err());
        assert_eq!(shown(), "<kbd>e</kbd>");
    }
}
