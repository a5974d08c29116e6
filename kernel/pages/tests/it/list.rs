use crate::world::{World, worlds};
use serde_json::json;

fn three(world: &World) {
    world.make("risks", json!({ "summary": "Line cut", "hits": "service", "likelihood": 4, "owner": "Ines Carvalho" }));
    world.make("risks", json!({ "summary": "Flood", "hits": "money", "likelihood": 1 }));
    world.make("risks", json!({ "summary": "Fire & smoke", "hits": "money", "likelihood": 3, "insured": true }));
}

#[test]
fn a_list_states_its_count_and_narrows_by_links() {
    for world in worlds() {
        three(&world);
        let all = world.get("/risks");
        all.says("<h1>3 risks</h1>").says("Line cut").says("Fire &amp; smoke").says("href=\"/risks?hits=money\"").says("Ines Carvalho");
        let money = world.get("/risks?hits=money");
        money.says("<h1>2 risks</h1>").hides("Line cut").says("Remove filter Hits").says("href=\"/risks?hits=money,service\"");
        world.get("/risks?hits=money&likelihood__gte=3").says("<h1>1 risk</h1>").says("Fire &amp; smoke");
        world.get("/risks?owner=Ines%20Carvalho").says("<h1>1 risk</h1>").says("Ines Carvalho");
        world.get("/risks?q=smoke").says("<h1>1 risk</h1>");
    }
}

#[test]
fn a_list_of_chosen_columns_scrolls_in_a_box_of_its_own_and_its_menus_open_into_the_window() {
    for world in worlds() {
        three(&world);
        world.get("/risks").says("<form class=\"menu at-end add-filter\" action=\"/risks\"").hides("<div class=\"over-x\"");
        let wide = world.get("/risks?columns=hits,score,owner,review_on,outage,loss,created_at");
        wide.says("<div class=\"over-x\" tabindex=\"0\" role=\"group\" aria-label=\"Risks\"><table").hides("<thead class=\"stick\"");
    }
}

#[test]
fn the_form_of_a_filter_leads_to_its_address() {
    for world in worlds() {
        let to = |address: &str| world.get(address).to;
        assert_eq!(to("/risks?hits=money&field=hits&op=is&value=service"), "/risks?hits=money,service");
        assert_eq!(to("/risks?field=likelihood&op=gte&value=3&cursor=abc"), "/risks?likelihood__gte=3");
        assert_eq!(to("/risks?columns=hits&columns=score"), "/risks?columns=hits,score");
    }
}

#[test]
fn menus_of_a_list_keep_what_was_asked() {
    for world in worlds() {
        three(&world);
        world.get("/risks?hits=money").says("/risks/filter?hits=money").says("/risks/columns?hits=money");
        let kept = "<input type=\"hidden\" name=\"hits\" value=\"money\">";
        let filter = world.get("/risks/filter?hits=money&cursor=abc");
        filter.says("<h1>Add a filter</h1>").says("action=\"/risks\"").says(kept).hides("cursor").says("<option value=\"likelihood\">");
        let columns = world.get("/risks/columns?hits=money&columns=score,created_at");
        columns.says(kept).says("value=\"score\" checked").says("value=\"created_at\" checked").says("href=\"/risks?hits=money\"");
        columns.hides("value=\"likelihood\" checked");
        assert!(world.get_as("requester", "/risks/columns").is_err(), "whoever may not read the list has no menus of it");
    }
}

#[test]
fn a_mistyped_filter_is_said_and_the_others_hold() {
    for world in worlds() {
        three(&world);
        let page = world.get("/risks?hits=money&nonsense=1");
        assert_eq!(page.status, 400);
        page.says("nonsense").says("<h1>2 risks</h1>");
    }
}

#[test]
fn an_empty_list_says_which_kind_it_is() {
    for world in worlds() {
        world.get("/risks").says("No risks yet").says("Write down the first risk").says("/risks/new").says("/risks/import");
        three(&world);
        let hidden = world.get("/risks?hits=money&likelihood=4");
        hidden.says("The filters hide all 3 risks").says("Without Hits is Money: 1 risk").says("Without Likelihood is Likely: 2 risks");
        let at = |text: &str| hidden.html.find(text).expect("it is said");
        assert!(at("Without Likelihood") < at("Without Hits"), "the one that gives most comes first");
        world.get("/risks?q=nothing&hits=money").says("Without Words nothing: 2 risks").hides("Without Hits");
        world.post("/risks/views", json!({ "name": "Accepted", "question": "state=accepted" }));
        world.get("/risks?state=accepted").says("Nothing left in “Accepted”").says("All 3 risks");
        world.get("/risks?as_of=2020-01-01").says("No risks then");
        for reference in ["RSK-1", "RSK-2", "RSK-3"] {
            assert_eq!(world.post(&format!("/risks/{reference}/retire"), json!({})).status, 303);
        }
        world.get("/risks").says("No risks left").says("/risks?retired=true");
        world.get("/risks?retired=true").says("<h1>3 risks</h1>");
    }
}

#[test]
fn pages_follow_one_another_and_come_back() {
    for world in worlds() {
        three(&world);
        let first = world.get("/risks?sort=summary&limit=2");
        first.says("2 of 3 shown").says("Fire &amp; smoke").hides("Line cut");
        let next = first.html.split("cursor=").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page").to_owned();
        let second = world.get(&format!("/risks?sort=summary&limit=2&cursor={next}"));
        second.says("Line cut").hides("Fire &amp; smoke").says("1 of 3 shown");
    }
}

#[test]
fn a_view_keeps_its_question_and_is_shared() {
    for world in worlds() {
        three(&world);
        let saved = world.post("/risks/views", json!({ "name": "Money", "question": "hits=money&sort=-score" }));
        assert!(saved.to.starts_with("/risks?hits=money&sort=-score&view="), "{}", saved.to);
        let open = world.get(&saved.to);
        open.says("<h1>2 risks</h1>").says("aria-current=\"page\">Money");
        let nameless = world.post("/risks/views", json!({ "name": " ", "question": "" }));
        assert_eq!(nameless.status, 422);
        nameless.says("Give the view a name.");
        let id = saved.to.rsplit('=').next().expect("an id").to_owned();
        let to = format!("/risks/views/{id}");
        assert!(world.get_as("agent", "/risks/views").expect("views").html.contains("Money"), "their own");
        let share = json!({ "do": "save", format!("name-{id}"): "Costly", format!("share-{id}"): "everyone" });
        assert!(world.post_as("agent", &to, share.clone()).is_err(), "sharing needs a permission");
        assert_eq!(world.post(&to, share).toast, "View “Costly” saved");
        world.get("/risks").says("Costly<span class=\"n\">2</span>");
        assert_eq!(world.post(&to, json!({ "do": "remove" })).status, 303);
        world.get("/risks").hides("Costly");
    }
}

#[test]
fn an_export_has_what_the_page_shows() {
    for world in worlds() {
        three(&world);
        let page = world.get("/risks?hits=money&sort=summary&columns=score&view=1");
        page.says("href=\"/risks/export.csv?hits=money&amp;sort=summary&amp;columns=score\"");
        let menu = world.get("/risks/exports?hits=money&sort=summary&columns=score");
        menu.says("href=\"/risks/export.csv?hits=money&amp;sort=summary&amp;columns=score&amp;for=reading\"");
        menu.says("href=\"/risks/export.parquet?hits=money&amp;sort=summary\"");
        menu.says("<h1>Export risks</h1>").says("<h2>As shown, to come back in</h2>").hides("class=\"menu\"");
        world.get("/do?on=%2Frisks%3Fhits%3Dmoney").says("href=\"/risks/exports?hits=money\"").hides("/risks/export.csv");
        assert!(world.get_as("agent", "/risks/exports").is_err(), "exporting needs a permission");
        let read = world.get("/risks/export.csv?hits=money&sort=summary&columns=hits,likelihood&for=reading");
        read.says("Reference,What could happen,Hits,Likelihood").says("Money,Rare");
        let file = world.get("/risks/export.csv?hits=money&sort=summary&columns=score");
        assert_eq!(file.html.replace("\r\n", "\n"), "reference,summary,score\nRSK-3,Fire & smoke,15\nRSK-2,Flood,5\n");
        assert!(world.get_as("agent", "/risks/export.csv").is_err(), "exporting needs a permission");
        assert!(world.get_as("administrator", "/risks/export.doc").is_err());
    }
}

#[test]
fn a_name_beyond_ascii_is_offered_in_any_case() {
    for world in worlds() {
        world.make("people", json!({ "name": "Östen Åkerlund" }));
        world.get("/lookup/people?q=%C3%96STEN").says("Östen Åkerlund");
        world.get("/lookup/people?q=%C3%A5ker").says("Östen Åkerlund");
    }
}
