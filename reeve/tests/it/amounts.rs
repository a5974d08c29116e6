//! Amounts of money in lists.

use crate::world::world;
use serde_json::json;

#[test]
fn amounts_are_compared_by_what_they_say_whatever_digits_their_currency_has() {
    let world = world();
    for (name, amount) in [("Yen", "90 JPY"), ("Euro", "90.50 EUR"), ("Dinar", "91.250 KWD")] {
        let made = world.post("Max", "/api/v1/risks", &json!({ "summary": name, "likelihood": 2, "impact": 2, "expected_loss": amount }));
        assert_eq!(made.status, 201, "{}", made.json);
    }
    let found = |question: &str| -> Vec<String> {
        let sort = if question.contains("sort=") { "" } else { "&sort=created_at" };
        let answer = world.get("Max", &format!("/api/v1/risks?{question}{sort}"));
        assert_eq!(answer.status, 200, "{}", answer.json);
        answer.json["items"].as_array().into_iter().flatten().filter_map(|it| it["summary"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(found("expected_loss__gt=90"), ["Euro", "Dinar"]);
    assert_eq!(found("expected_loss__gte=90&sort=-expected_loss"), ["Dinar", "Euro", "Yen"]);
    assert_eq!(found("expected_loss__gte=90&sort=expected_loss"), ["Yen", "Euro", "Dinar"]);
    assert_eq!(found("expected_loss__lt=90.5"), ["Yen"]);
    assert_eq!(found("expected_loss=90,91.25"), ["Yen", "Dinar"]);
    assert_eq!(found("expected_loss__ne=90.50"), ["Yen", "Dinar"]);
    let as_of = world.now();
    assert_eq!(found(&format!("expected_loss__gt=90&as_of={as_of}")), ["Euro", "Dinar"]);
    assert!(world.get("Max", "/api/v1/risks?expected_loss__gt=much").names("expected_loss__gt"));
}
