//! Choosing a linked record: options for a text field, and the same as a page for those without script.

use db::{Tx, Value};
use kernel::Result;
use kernel::describe::Register;
use kernel::search;
use kernel::web::{Reply, Request};
use kernel::who::guard::{any_of, guard, mark};
use maud::{Markup, Render, html};
use ui::control::{Choice, options};
use ui::filter::Find;
use ui::head::Head;

use crate::typed::named;

/// Most records offered at once.
const MOST: usize = 20;
/// The parameter that also finds what has ended.
pub const ENDED: &str = "ended";

/// `/lookup/{kind}?q=`: records whose name has the words. The words may come under any parameter, as a link field sends
/// its own name. `ended=true` also finds those of a directory that have ended, for questions about what was.
pub fn page(tx: &mut Tx, request: &Request, register: &'static Register) -> Result<Reply> {
    let sent = || request.query.iter().find(|(name, _)| name != ENDED).map(|(_, value)| value.as_str());
    let words = request.asked("q").or_else(sent).unwrap_or_default();
    let found = choices(tx, request, register, (words, request.asked(ENDED).is_some()), MOST)?;
    if request.fragment {
        return Ok(Reply::Fragment(options(&found)));
    }
    Ok(Reply::page(format!("Find in {}", register.many.to_lowercase()), register.key, whole(register, words, &found)))
}

fn whole(register: &Register, words: &str, found: &[Choice]) -> Markup {
    let head = Head {
        crumbs: vec![(register.many.into(), format!("/{}", register.key))],
        title: format!("Find in {}", register.many.to_lowercase()),
        lead: Some("Copy the text in the first column into the field.".into()),
        ..Head::default()
    };
    let find = Find {
        action: format!("/lookup/{}", register.key),
        name: "q".into(),
        value: words.into(),
        placeholder: format!("Find in {}", register.many.to_lowercase()),
        keep: Vec::new(),
    };
    html! {
        (head) (find)
        @if found.is_empty() { p.ink2 { "Nothing has these words. Fewer or shorter words find more." } }
        ul.stack { @for choice in found { li { (choice.value) } } }
    }
    .render()
}

/// Records of a register that one may link to, by words of their name; without words the first by name, or the newest of a
/// register that is no directory and may have any number.
///
/// A directory names its records to everyone within the organisations, those that have ended, like people who left, only if they are
/// asked for; other registers only to those who may read them.
pub fn choices(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    (words, ended): (&str, bool),
    most: usize,
) -> Result<Vec<Choice>> {
    let view = &request.view;
    if !register.directory && !words.trim().is_empty() {
        let hits = search::find(tx, &request.house, view, words, Some(register), most)?;
        return Ok(hits.iter().take(most).map(|hit| choice(hit.record.title(), &hit.record.reference)).collect());
    }
    let mut found = Vec::new();
    // Names that begin with what was typed come before those that have it within.
    for begins in [true, false] {
        if found.len() < most && !(begins && words.trim().is_empty()) {
            let next = having(tx, request, register, (words, ended), (begins, most))?;
            let new: Vec<Choice> = next.into_iter().filter(|it| found.iter().all(|other: &Choice| other.value != it.value)).collect();
            found.extend(new);
        }
    }
    found.truncate(most);
    Ok(found)
}

/// Records by words of their name or reference, by name or the newest first; `begins`: the name begins with the first of the words.
fn having(
    tx: &mut Tx,
    request: &Request,
    register: &'static Register,
    (words, ended): (&str, bool),
    (begins, most): (bool, usize),
) -> Result<Vec<Choice>> {
    let view = &request.view;
    let mut args = Vec::new();
    let rows = match (register.directory, view.everything) {
        (false, _) => guard(view, register, "read", &mut args),
        (true, true) => Some("1 = 1".into()),
        (true, false) => Some(any_of("t.organisation", &view.reach, &mut args)),
    };
    let Some(rows) = rows else { return Ok(Vec::new()) };
    let title = register.title().key;
    let mut wheres = vec![rows, "t.retired_at is null".to_owned()];
    for state in register.states.iter().filter(|it| register.directory && !ended && it.ends) {
        wheres.push(format!("t.state <> {}", mark(&mut args, Value::from(state.key))));
    }
    let named = Tx::lower_sql(&format!("t.{title}"));
    let like = |args: &mut Vec<Value>, text: String| format!("like {} escape '\\'", Tx::lower_sql(&mark(args, text)));
    let whole = words.trim().to_lowercase();
    let terms = match whole.strip_prefix(&register.prefix.to_lowercase()).is_some_and(|rest| rest.starts_with('-')) {
        true => {
            let plain = whole.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            wheres.push(format!("lower(t.reference) {}", like(&mut args, format!("{plain}%"))));
            Vec::new()
        }
        false => search::terms(words),
    };
    for (place, word) in terms.iter().enumerate() {
        let before = if begins && place == 0 { "" } else { "%" };
        let name = format!("{named} {}", like(&mut args, format!("{before}{word}%")));
        // Of a reference only the number counts: the letters before it are those of every record.
        wheres.push(match word.starts_with(|it: char| it.is_ascii_digit()) && !begins {
            true => format!("({name} or lower(t.reference) {})", like(&mut args, format!("%-{word}%"))),
            false => name,
        });
    }
    let limit = mark(&mut args, Value::Int(most as i64));
    let order = if register.directory { format!("lower(coalesce(t.{title}, '')), t.id") } else { "t.id desc".to_owned() };
    let sql =
        format!("select t.reference, t.{title} from {} t where {} order by {order} limit {limit}", register.table, wheres.join(" and "));
    let rows = tx.all(&sql, &args)?;
    rows.iter().map(|row| Ok(choice(row.maybe_text(1)?.unwrap_or_default(), row.text(0)?))).collect()
}

fn choice(title: &str, reference: &str) -> Choice {
    Choice::new(named(title, reference), "")
}
