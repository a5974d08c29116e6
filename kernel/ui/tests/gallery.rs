//! What holds for every component, asked of the page that shows them all.

use std::collections::HashSet;

use ui::Render;
use ui::journal::paragraphs;
use ui::list::{Column, Fold, List, Row};
use ui::people::Who;
use ui::verb::Verb;

fn page() -> String {
    ui::gallery::page().into_string()
}

/// Each occurrence of a start tag with this name, up to its end.
fn tags<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name} ");
    page.split(&open).skip(1).map(|rest| &rest[..rest.find('>').expect("tag ends")]).collect()
}

#[test]
fn nothing_is_inline() {
    let page = page();
    assert!(!page.contains(" style="), "an inline style");
    assert!(!page.contains("<style"), "a style element");
    for script in tags(&page, "script") {
        assert!(script.contains("src=\"/assets/"), "an inline script: {script}");
    }
    for event in [" onclick", " onload", " onchange", " onsubmit", "javascript:"] {
        assert!(!page.contains(event), "{event}");
    }
}

#[test]
fn every_posting_form_carries_the_token() {
    let page = page();
    let forms: Vec<_> = page.split("<form ").skip(1).map(|form| &form[..form.find("</form>").expect("closed")]).collect();
    let posting: Vec<_> = forms.iter().filter(|form| form[..form.find('>').expect("tag")].contains("method=\"post\"")).collect();
    assert!(posting.len() > 10);
    for form in posting {
        assert!(form.contains("name=\"csrf\" value=\"token\""), "{form}");
    }
}

#[test]
fn ids_that_are_linked_exist() {
    let page = page();
    let ids: HashSet<_> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().expect("id")).collect();
    for attribute in [" for=\"", " aria-describedby=\"", " aria-labelledby=\"", " list=\""] {
        for value in page.split(attribute).skip(1).map(|rest| rest.split('"').next().expect("value")) {
            for id in value.split(' ') {
                assert!(ids.contains(id), "{attribute}{id} leads nowhere");
            }
        }
    }
}

#[test]
fn every_icon_is_in_the_sprite() {
    let page = page();
    let used: Vec<_> = page.split("#i-").skip(1).map(|rest| rest.split('"').next().expect("name")).collect();
    assert!(used.len() > 30);
    assert!(used.into_iter().all(ui::icon::known));
    assert!(ui::icon::icon("no-such-icon").into_string().contains("#i-circle-dot"));
}

#[test]
fn texts_are_escaped_wherever_they_stand() {
    let evil = r#""><script>alert(1)</script>"#;
    let list = List {
        label: evil.into(),
        columns: vec![Column::new(evil, Fold::Main).sort(evil, None)],
        rows: vec![Row {
            id: evil.into(),
            name: evil.into(),
            cells: vec![ui::list::subject(evil, evil, &[])],
            group: Some(evil.into()),
            ..Row::default()
        }],
        ticks: Some(evil.into()),
        ..List::default()
    };
    let verb = Verb::post(evil, evil, evil).with(evil, evil).key(evil).swap(evil);
    for text in [
        list.render().into_string(),
        verb.render().into_string(),
        Who::person(evil).at(evil).render().into_string(),
        paragraphs(evil).into_string(),
        paragraphs(&format!("> {evil}")).into_string(),
        ui::palette::options(&[choices(evil)]).into_string(),
        ui::palette::page(&[choices(evil)]).into_string(),
    ] {
        assert!(!text.contains("<script"), "{text}");
        assert!(!text.contains(evil), "{text}");
    }
}

fn choices(text: &str) -> ui::palette::Group {
    let choice = |verb| ui::palette::Choice::new(verb).hint(text).words(text);
    let choices = vec![choice(Verb::post(text, text, text).key(text)), choice(Verb::link(text, text))];
    ui::palette::Group { kind: "on", label: text.into(), choices }
}

#[test]
fn a_list_row_is_light() {
    let row = Row {
        id: "INC-4124".into(),
        name: "INC-4124".into(),
        cells: vec![ui::list::subject("/tickets/INC-4124", "Seal numbers missing", &[])],
        ..Row::default()
    };
    let list = List { columns: vec![Column::new("Subject", Fold::Main)], ticks: Some("id".into()), ..List::default() };
    let size = list.row(&row).into_string().len();
    assert!(size < 500, "a row of one column takes {size} bytes");
}
