//! Which column is which field.

use crate::world::{THINGS, World, table, world};
use exchange::{ColumnGuess, DateOrder, Mapping, guess_identity, guess_mapping};

fn guess(world: &World, csv: &str) -> Vec<ColumnGuess> {
    guess_mapping(&world.everyone(), &world.house.shape(&THINGS), &table(csv))
}

fn field(guesses: &[ColumnGuess], column: &str) -> Option<String> {
    guesses.iter().find(|it| it.column == column).and_then(|it| it.field.clone())
}

#[test]
fn columns_are_told_by_key_label_synonym_and_values() {
    let world = world();
    let csv = "Display Name,InventoryCode,Bought On,last_seen,Color,Comments,Junk\nCrane,C-1,25/12/2026,2026-01-01,Red,text,1\n";
    let guesses = guess(&world, csv);
    let told = ["Display Name", "InventoryCode", "Bought On", "last_seen", "Color", "Junk"].map(|column| field(&guesses, column));
    let expected = [Some("name"), Some("code"), Some("bought_on"), Some("seen_at"), Some("colour"), None];
    assert_eq!(told, expected.map(|it| it.map(str::to_owned)), "{guesses:?}");
    assert_eq!(guesses[2].dates, Some(DateOrder::DayFirst));
    assert_eq!(guesses[0].sample, "Crane");
    assert!(guesses[0].sure > guesses[4].sure);
}

#[test]
fn columns_are_told_in_other_languages_with_and_without_accents() {
    use kernel::describe::{Field, Register, choice, line, text};
    use kernel::register::Shape;
    const FIELDS: &[Field] = &[
        line("summary", "Summary").title(),
        text("description", "Description"),
        choice("urgency", "Urgency", crate::world::COLOURS),
        choice("impact", "Impact", crate::world::COLOURS),
        line("priority", "Priority"),
        line("requester", "Requester"),
        line("assignee", "Assignee"),
        line("team", "Team"),
        line("service", "Service"),
        line("category", "Category"),
        line("location", "Location"),
    ];
    const TICKETS: Register = Register { key: "things", fields: FIELDS, ..THINGS };
    let world = world();
    let keys: Vec<&str> = FIELDS.iter().map(|it| it.key).collect();
    for heading in [
        "Betreff;Beschreibung;Dringlichkeit;Auswirkung;Priorität;Melder;Bearbeiter;Team/Gruppe;Dienst;Kategorie;Standort",
        "Objet;Description;Urgence;Incidence;PRIORITE;Demandeur;Assigné à;Équipe;Service;Catégorie;Lieu",
        "Asunto;Descripción;Urgencia;Impacto;Prioridad;Solicitante;Asignado a;Grupo;Servicio;Categoria;Ubicación",
        "Oggetto;Descrizione;Urgenza;Impatto;Priorità;Richiedente;Assegnato a;Gruppo;Servizio;Categoria;Sede",
        "Onderwerp;Omschrijving;Urgentie;Impact;Prioriteit;Aanvrager;Behandelaar;Groep;Dienst;Categorie;Locatie",
        "Emne;Beskrivelse;Hastegrad;Påvirkning;Prioritet;Anmoder;Tildelt til;Gruppe;Tjeneste;Kategori;Lokation",
    ] {
        let file = table(format!("{heading}\na;b;Hoch;Mittel;e;f;g;h;i;j;k\n"));
        let guesses = guess_mapping(&world.everyone(), &Shape::new(&TICKETS, Vec::new()), &file);
        let sure: Vec<&str> = guesses.iter().map(|it| it.field.as_deref().filter(|_| it.sure >= 0.6).unwrap_or("")).collect();
        assert_eq!(sure, keys, "{heading}");
    }
}

#[test]
fn doubtful_days_and_short_years_are_shown() {
    let world = world();
    let guesses = guess(&world, "name,bought_on,seen_at\na,03/04/2026,25/12/26\n");
    assert!(guesses[1].dates_open && guesses[1].dates.is_none());
    assert!(!guesses[2].dates_open && guesses[2].short_years);
}

#[test]
fn fields_that_may_not_be_read_are_not_thought_of() {
    let world = world();
    let file = table("secret\nx\n");
    let of = |role: &str| guess_mapping(&world.role(role), &world.house.shape(&THINGS), &file)[0].field.clone();
    assert_eq!(of("auditor").as_deref(), Some("secret"));
    assert_eq!(of("agent"), None);
}

#[test]
fn what_identifies_a_row_is_told_by_name_and_values() {
    let world = world();
    let shape = world.house.shape(&THINGS);
    let of = |csv: &str| guess_identity(&shape, &table(csv));
    assert_eq!(of("ID,name\n1,a\n2,b\n").key.as_deref(), Some("ID"));
    assert_eq!(of("id,name\n1,a\n1,b\n").key, None);
    assert!(of("reference,name\nTHG-1,a\n").own_references);
    assert!(!of("reference,name\nINC-1,a\n").own_references);
    let file = table("id,Name,Nonsense\n1,a,b\n");
    let mapping = Mapping::guessed(&guess_mapping(&world.everyone(), &shape, &file), &guess_identity(&shape, &file));
    assert_eq!(mapping.write(), "key = \"id\"\ntwo_digit_years = false\nempty_clears = false\n\n[columns]\nName = \"name\"\n");
}
