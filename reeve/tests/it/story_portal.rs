//! Whoever only asks never sees the frame of the desk, wherever a link leads.

use crate::world::{Answer, World, world};
use axum::body::Body;
use axum::http::{Request, header};
use kernel::who::{account, session};
use serde_json::json;

/// The cookie of a session of somebody.
fn session_of(world: &World, name: &str) -> String {
    let (email, now) = (format!("{}@example.org", name.to_lowercase()), world.house.clock.now());
    let begun = world.db.write_wait(move |tx| {
        let person = account::by_email(tx, &email)?.expect("an account").person;
        let organisation = tx.one("select organisation from person where id = ?1", &[person.into()])?.int(0)?;
        let expires_at = now + 3_600_000;
        session::start(tx, &session::NewSession { person, organisation, agent: "", address: "", now, expires_at })
    });
    format!("reeve_session={}", begun.expect("a session"))
}

fn page(world: &World, cookie: &str, path: &str) -> Answer {
    let request = Request::get(path).header(header::COOKIE, cookie).header(header::HOST, "reeve.test");
    world.send(request.body(Body::empty()).expect("a request"))
}

#[test]
fn links_of_the_desk_lead_a_requester_to_the_portal_and_an_agent_to_the_desk() {
    let world = world();
    let made = world.post("Bao", "/api/v1/incidents", &json!({ "summary": "Gate B" }));
    let reference = made.json["reference"].as_str().expect("a reference").to_owned();
    let (bao, dana) = (session_of(&world, "Bao"), session_of(&world, "Dana"));
    for (path, to) in [
        ("/", "/portal".to_owned()),
        ("/queue", "/portal/things".into()),
        (&format!("/incidents/{reference}"), format!("/portal/things/{reference}")),
        (&format!("/incidents/{reference}/history"), format!("/portal/things/{reference}")),
        ("/incidents/new", "/portal/report".into()),
        ("/search?q=gate", "/portal/search?q=gate".into()),
    ] {
        let answer = page(&world, &bao, path);
        assert_eq!((answer.status, answer.header("location")), (303, to.as_str()), "{path}");
    }
    let own = page(&world, &bao, &format!("/portal/things/{reference}"));
    assert!(own.status == 200 && own.text.contains("portal-bar") && !own.text.contains("class=\"rail\""), "{}", own.text);
    for path in ["/services", "/people", "/settings", "/desk/dashboard", "/portal/things/INC-999", "/no/such/page"] {
        let answer = page(&world, &bao, path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            answer.text.contains("portal-bar") && answer.text.contains("<span>North</span> <span class=\"what\">help</span>"),
            "{path} is refused in the portal's frame"
        );
    }
    assert!(page(&world, &bao, "/portal/things/INC-999").text.contains("There is no INC-999 that you can see"));
    assert!(page(&world, &bao, "/me").text.contains("portal-bar"), "one's own page stands in the portal's frame too");

    let desk = page(&world, &dana, &format!("/incidents/{reference}"));
    assert!(desk.status == 200 && !desk.text.contains("portal-bar"));
    let looked = page(&world, &dana, &format!("/portal/things/{reference}"));
    assert!(looked.status == 200 && looked.text.contains("Back to the desk"));
    let bea = session_of(&world, "Bea");
    assert_eq!(page(&world, &bea, &format!("/portal/things/{reference}")).status, 404, "not hers");
    let foreign = session_of(&world, "Foreign");
    assert_eq!(page(&world, &foreign, &format!("/portal/things/{reference}")).status, 404, "of another organisation");
    assert_eq!(page(&world, &foreign, &format!("/incidents/{reference}")).status, 404);
}
