//! What is to be done to many: a verb of the register, a field to be changed, or retiring.

use kernel::describe::{Field, Kind, Register};
use kernel::register::{Record, Sent, Source, edit};
use kernel::web::Request;
use kernel::{Act, Error, House, Result};
use serde_json::{Value as Json, json};

use super::{acting, may, own};
use crate::typed::{self, Texts};
use crate::verb;

/// A task as its form says it.
pub struct Task {
    /// The register of the list.
    pub register: &'static Register,
    /// The register whose verbs and fields it has.
    acting: &'static Register,
    /// `edit`, `retire` or a verb of the register.
    pub verb: String,
    /// The field to be changed, if it is `edit` and the field is chosen.
    pub field: Option<Field>,
    /// The answers to what it asks.
    pub texts: Texts,
}

/// What a task does not know yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Which field is to be changed.
    Field,
    /// The answers to what the verb asks, or the new value.
    Answers,
}

impl Task {
    /// Reads the form; none when it names no verb yet.
    ///
    /// # Errors
    /// A verb that does not exist, is not for many, or that the viewer may not do.
    pub fn read(request: &Request, register: &'static Register) -> Result<Option<Task>> {
        let key = request.sent("verb");
        if key.is_empty() {
            return Ok(None);
        }
        let acting = acting(&request.house, register);
        let known = matches!(key, "edit" | "retire") || acting.verb(key).is_some_and(|verb| verb.bulk);
        if !known {
            return Err(Error::NotFound);
        }
        if !may(request, register, key) {
            request.view.demand(register, key)?;
        }
        let field = fields(request, register).into_iter().find(|field| field.key == request.sent("field"));
        let mut task = Task { register, acting, verb: key.to_owned(), field: field.filter(|_| key == "edit"), texts: Texts::new() };
        task.texts = typed::sent(&request.form, &task.asks(), request.form.contains_key("answered"));
        Ok(Some(task))
    }

    /// As a job keeps it.
    pub fn to_json(&self) -> Json {
        json!({ "register": self.register.key, "verb": self.verb, "field": self.field.map(|field| field.key), "texts": self.texts })
    }

    /// Reads [`Task::to_json`]; none if the register or the field is gone.
    pub fn from_json(house: &House, json: &Json) -> Option<Task> {
        let register = house.register(json.get("register")?.as_str()?)?;
        let acting = acting(house, register);
        let field = match json.get("field").and_then(Json::as_str) {
            Some(key) => Some(*house.shape(acting).field(key)?),
            None => None,
        };
        let texts = serde_json::from_value(json.get("texts")?.clone()).ok()?;
        Some(Task { register, acting, verb: json.get("verb")?.as_str()?.to_owned(), field, texts })
    }

    /// What it asks.
    pub fn asks(&self) -> Vec<Field> {
        match self.acting.verb(&self.verb) {
            Some(verb) => verb.asks.to_vec(),
            None => self.field.into_iter().collect(),
        }
    }

    /// What must be asked before anything can be tried.
    pub fn missing(&self, request: &Request) -> Option<Missing> {
        match () {
            () if self.verb == "edit" && self.field.is_none() => Some(Missing::Field),
            () if !self.asks().is_empty() && !request.form.contains_key("answered") => Some(Missing::Answers),
            () => None,
        }
    }

    /// What the button says: "Resolve", "Change owner", "Retire".
    pub fn label(&self) -> String {
        match (self.acting.verb(&self.verb), &self.field) {
            (Some(verb), _) => verb.label.trim_end_matches('…').to_owned(),
            (None, Some(field)) => format!("Change {} of", crate::shown::in_sentence(field.label)),
            (None, None) if self.verb == "edit" => "Change".to_owned(),
            (None, None) => "Retire".to_owned(),
        }
    }

    /// The task with what it is done to, as a title has it: "Let 3 tickets wait".
    pub fn of(&self, what: &str) -> String {
        match self.acting.verb(&self.verb).map_or("", |verb| verb.many) {
            "" => format!("{} {what}", self.label()),
            many => many.replace("{}", what),
        }
    }

    /// What a form must carry to say the same task again.
    pub fn carried(&self) -> Vec<(String, String)> {
        let mut pairs = vec![("verb".to_owned(), self.verb.clone()), ("answered".to_owned(), "true".to_owned())];
        pairs.extend(self.field.map(|field| ("field".to_owned(), field.key.to_owned())));
        pairs.extend(self.texts.iter().map(|(key, text)| (key.clone(), text.clone())));
        pairs
    }

    /// Does it to one record.
    pub fn run(&self, act: &mut Act, reference: &str) -> Result<(Record, bool)> {
        let own = own(act.house, self.register, reference)?;
        let Some(field) = self.field else { return verb::run(act, own, reference, &self.verb, &self.texts) };
        let values = typed::values(act.house, &[field], &self.texts);
        edit(act, own, reference, Sent { fields: &values, source: Source::Text }, None).map(|record| (record, true))
    }
}

/// Fields that may be changed for many at once: not the name, not long texts.
pub fn fields(request: &Request, register: &'static Register) -> Vec<Field> {
    let mut fields = typed::editable(request, acting(&request.house, register));
    fields.retain(|field| !field.title && !matches!(field.kind, Kind::Text { .. }));
    fields
}

/// All values of a form field that may be sent several times.
pub fn several(request: &Request, name: &str) -> Vec<String> {
    let mut all: Vec<String> = match request.form.get(name) {
        Some(Json::String(one)) => vec![one.clone()],
        Some(Json::Array(many)) => many.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    all.retain(|text| !text.is_empty() && text.len() <= 80);
    all
}
