//! Writes the gallery and the files it needs into a folder, as a static site: `cargo run -p ui --example gallery -- FOLDER`.

use std::error::Error;
use std::fs;
use std::path::Path;

use ui::Render;
use ui::control::Kind;
use ui::field::Field;
use ui::frame::Screen;
use ui::lone::{Entry, ErrorPage, Lone};
use ui::verb::Verb;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write into")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in ui::assets::ALL {
        fs::write(folder.join(asset.url.trim_start_matches('/')), asset.bytes)?;
    }
    for (name, screen) in screens() {
        let pages: [(&str, fn(Screen) -> ui::Markup); 4] = [
            ("", ui::gallery::page_on),
            ("queue-", ui::gallery::queue),
            ("register-", ui::gallery::register),
            ("portal-", ui::gallery::portal),
        ];
        for (page, draw) in pages {
            fs::write(folder.join(format!("{page}{name}.html")), draw(screen.clone()).into_string())?;
        }
    }
    fs::write(folder.join("signin.html"), signin().render().into_string())?;
    fs::write(folder.join("error.html"), error().render().into_string())?;
    Ok(())
}

fn screens() -> [(&'static str, Screen); 4] {
    [
        ("light", Screen { theme: Some("light"), ..Screen::default() }),
        ("dark", Screen { theme: Some("dark"), ..Screen::default() }),
        ("compact", Screen { theme: Some("light"), compact: true, ..Screen::default() }),
        ("rtl", Screen { theme: Some("light"), right_to_left: true, lang: "ar".into(), ..Screen::default() }),
    ]
}

fn signin() -> Lone {
    let entry = Entry {
        action: "/sign-in".into(),
        csrf: "token".into(),
        ways: vec![Verb::link("Continue with Vesthavn sign-in", "#").first()],
        fields: vec![
            Field::new("email", "E-mail", Kind::Email).complete("username").value("ines.carvalho@vesthavn.example"),
            Field::new("password", "Password", Kind::Password)
                .complete("current-password")
                .error("E-mail and password do not go together. 4 tries left."),
        ],
        verbs: vec![Verb::submit("Sign in")],
        links: vec![("Forgotten?".into(), "#".into()), ("Ask for an account".into(), "#".into())],
        ..Entry::default()
    };
    Lone {
        title: "Sign in".into(),
        motto: "The desk, the promises, the estate and the books, kept as one account.".into(),
        house: vec!["Vesthavn Port Group".into()],
        body: entry.render(),
        ..Lone::default()
    }
}

fn error() -> ErrorPage {
    ErrorPage {
        code: 404,
        title: "There is no INC-4172 that you can see".into(),
        name: "Ines Carvalho".into(),
        text: "The number may be mistyped, or the ticket may belong to a part of the organisation that is not shared with you. Either way this page says the same.".into(),
        places: vec![("INC-4127 Customs declarations stuck at “sent”".into(), "#".into(), "nearest number you opened, 2 min ago".into())],
        verbs: vec![Verb::link("Search", "#").first().icon("search").key("/"), Verb::link("Ask for access", "#")],
        reference: "Reference 01JD-7K2Q-C4 for the administrator, 24 Nov 2026 08:24:31".into(),
        ..ErrorPage::default()
    }
}
