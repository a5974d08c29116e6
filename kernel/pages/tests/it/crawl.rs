//! Every link of every page leads somewhere, and every form has its token.

use crate::world::worlds;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn no_link_leads_nowhere() {
    for world in worlds() {
        world.make("risks", json!({ "summary": "Line \"cut\" <b>", "hits": "service", "owner": "Ines Carvalho", "watchers": ["PER-2"] }));
        world.make("risks", json!({ "summary": "Flood", "hits": "money", "story": "a\n\nb" }));
        world.house.clock.advance(3_600_000);
        world.post("/risks/RSK-1/accept", json!({ "until": "2027-01-01" }));
        world.post("/risks/views", json!({ "name": "Money", "question": "hits=money" }));
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut open = vec!["/risks".to_owned(), "/people".into(), "/search?q=flood".into(), "/settings".into()];
        while let Some(address) = open.pop() {
            if seen.len() > 400 || !seen.insert(address.clone()) {
                continue;
            }
            let answer = world.get(&address);
            assert!(answer.status < 400, "{address} answers {}", answer.status);
            let inline = answer.html.replace("<script type=\"module\" src=\"/assets/", "").contains("<script");
            assert!(!answer.html.contains("style=") && !inline && !answer.html.contains("<b>\""), "{address}");
            if answer.status == 200 {
                assert_eq!(answer.html.matches("<h1").count(), 1, "{address} has one h1");
            }
            let posts = answer.html.matches("method=\"post\"").count();
            assert!(answer.html.matches("name=\"csrf\"").count() >= posts, "{address}: a form without its token");
            for part in answer.html.split("href=\"/").skip(1) {
                let path = part.split('"').next().unwrap_or_default().replace("&amp;", "&");
                let other = ["assets/", "lookup"].iter().any(|it| path.starts_with(it)) || path.contains("/export.");
                let path = format!("/{}", path.split('#').next().unwrap_or_default());
                if !other && path != "/" {
                    open.push(path);
                }
            }
        }
        assert!(seen.len() > 60, "{} pages", seen.len());
    }
}
