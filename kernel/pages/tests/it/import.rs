use crate::world::worlds;
use serde_json::json;

const FILE: &str = "What could happen;Hits;Likelihood;Owner;Number\n\
    Flood;Money;Likely;Ines Carvalho;17\nFire;Nothing;1;;18\nimpossible;Money;2;;19\n\"Rust; and rot\";service;3;PER-2;20\n";

#[test]
fn a_file_is_looked_at_tried_and_brought_in() {
    for world in worlds() {
        world.get("/risks/import").says("<code>reeve import</code>");
        assert_eq!(world.upload("/risks/import", "risks.csv", "").status, 422);
        let columns = world.upload("/risks/import", "risks.csv", FILE).to;
        let page = world.get(&columns);
        page.says("4 rows")
            .says("the same name, and its values fit")
            .says("name=\"column.Number\"")
            .says("created")
            .says("This must be Money or Service");
        page.says("Describe something that could happen.");
        assert_eq!(world.post(&columns, json!({ "identity": "true", "source": "old list", "key": "Number" })).to, columns);
        let tried = world.post(&columns, json!({ "do": "try" })).to;
        world.get(&tried).says("is being tried");
        world.run_jobs();
        world.get(&tried).says("Nothing was written.").says("would be created").says("Line 3").says("rejects.csv");
        world.get(&tried).says("<div>Hits: This must be Money or Service.</div>");
        world.get("/risks").says("No risks yet");
        let run = world.post(&columns, json!({ "do": "run" })).to;
        world.run_jobs();
        world.get(&run).says("is imported");
        world.get("/risks?sort=summary").says("<h1>2 risks</h1>").says("Rust; and rot").says("Flood");
        world.get(&format!("{columns}/rejects.csv")).says("Fire").says("impossible").hides("Flood");
        world.post(&columns, json!({ "do": "run" }));
        world.run_jobs();
        world.get(&run).says("the same as here");
        world.get("/risks").says("<h1>2 risks</h1>");
    }
}

#[test]
fn a_file_that_is_none_is_said_and_a_column_can_be_left_out() {
    for world in worlds() {
        let broken = world.upload("/risks/import", "x.csv", "\n\n").to;
        assert_eq!(world.get(&broken).status, 422);
        let columns = world.upload("/risks/import", "risks.csv", FILE).to;
        let to =
            |field: &str| json!({ "column.What could happen": "summary", "column.Hits": field, "column.Likelihood": "", "do": "look" });
        world.post(&columns, to(""));
        world.get(&columns).says("left out").hides("This must be Money or Service");
        world.post(&columns, to("summary"));
        world.get(&columns).says("Another column goes to summary already.");
        assert!(world.get_as("agent", "/risks/import").is_err(), "importing needs a permission");
    }
}
