//! What was typed into a form that was not taken: carried through a sign-in, shown on the page of an error, sent again on request.

use kernel::web::Form;
use serde_json::Value as Json;
use ui::lone::Typed;
use ui::verb::Verb;

/// Most bytes of a form that are carried through a sign-in.
const MOST: usize = 128 << 10;
/// Fields of the page, not of the person.
const OF_THE_PAGE: &[&str] = &["csrf", "once", "whole", "version", "mode", "draft_at", "sending", "next"];
/// Fields that stand on no page.
const SECRET: &[&str] = &["password", "present"];

/// A form, and where it was sent to.
pub(super) struct Sent {
    path: String,
    form: Form,
}

impl Sent {
    /// A form that was sent, unless it holds secrets, or nothing that somebody typed.
    pub(super) fn of(path: &str, mut form: Form) -> Option<Sent> {
        form.shift_remove("csrf");
        let fine = kernel::web::is_local(path) && !SECRET.iter().any(|name| form.contains_key(*name));
        let sent = Sent { path: path.to_owned(), form };
        (fine && !sent.shown().is_empty()).then_some(sent)
    }

    /// A form that the sign-in carried.
    pub(super) fn carried(form: &Form) -> Option<Sent> {
        let text = |name: &str| form.get(name).and_then(Json::as_str);
        Sent::of(text("sent_to")?, serde_json::from_str(text("sent")?).ok()?)
    }

    /// As hidden fields of the sign-in; nothing if it is too large for that.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let json = Json::Object(self.form.clone()).to_string();
        if json.len() > MOST {
            return Vec::new();
        }
        vec![("sent_to".into(), self.path.clone()), ("sent".into(), json)]
    }

    /// As a page shows it; with a verb it can be sent again.
    pub(super) fn typed(&self, csrf: &str, verb: Option<Verb>) -> Typed {
        let values = self.pairs().map(|(name, value)| (name.clone(), value.to_owned())).collect();
        Typed { action: self.path.clone(), csrf: csrf.into(), values, shown: self.shown(), verb }
    }

    fn pairs(&self) -> impl Iterator<Item = (&String, &str)> {
        self.form.iter().flat_map(|(name, value)| {
            let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            all.iter().filter_map(move |one| one.as_str().map(|text| (name, text)))
        })
    }

    fn shown(&self) -> Vec<(String, String)> {
        let typed = self.pairs().filter(|(name, value)| !OF_THE_PAGE.contains(&name.as_str()) && !value.trim().is_empty());
        typed.map(|(name, value)| (label(name), value.to_owned())).collect()
    }
}

/// `due_on` is "Due on".
fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), Json::from(*value))).collect()
    }

    #[test]
    fn what_is_carried_arrives_as_it_was() {
        let sent = Sent::of("/things/new", form(&[("csrf", "x"), ("due_on", "Tuesday"), ("once", "7"), ("note", "")])).unwrap();
        let carried = Sent::carried(&sent.fields().into_iter().map(|(name, value)| (name, Json::from(value))).collect()).unwrap();
        let typed = carried.typed("token", None);
        assert_eq!(typed.shown, [("Due on".to_owned(), "Tuesday".to_owned())]);
        assert_eq!(typed.values.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["due_on", "once", "note"]);
    }

    #[test]
    fn secrets_other_sites_and_empty_forms_are_not_kept() {
        assert!(Sent::of("/me/password", form(&[("present", "a"), ("password", "b")])).is_none());
        assert!(Sent::of("//evil.example", form(&[("a", "b")])).is_none());
        assert!(Sent::of("/things/T-1/close", form(&[("csrf", "x"), ("version", "3")])).is_none());
    }
}
