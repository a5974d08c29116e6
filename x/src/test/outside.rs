//! The steps that meet the running demo: a browser, and schemathesis.

use crate::demo::Demo;
use crate::passing::Passing;
use crate::setup::Kit;
use crate::step::End;
use crate::tally::Tally;
use crate::{Done, command, places, stories};
use std::time::Duration;

/// Seconds that schemathesis may spend.
const API_SECONDS: u64 = 120;

/// The stories of `e2e/stories` in Chromium.
pub fn browser(demo: &Demo, kit: &Kit, passing: &Passing) -> Done<End> {
    let (Ok(()), Ok(chromium)) = (&kit.node, &kit.browser) else {
        return Ok(End::Skipped("needs Chromium and the packages of e2e/".into()));
    };
    let ran = command::run("browser", &mut stories::teller(demo, chromium, passing)?, Duration::from_secs(900))?;
    Ok(match End::of(ran) {
        End::Held(None, _) => End::Failed(None, "no browser test ran".into()),
        // What failed stands in full at the end; before that, each story as it ended.
        End::Failed(counted, words) => {
            End::Failed(counted, words.split_once("failing tests:").map_or(words.clone(), |(_, all)| all.into()))
        }
        held => held,
    })
}

/// Requests made from the API's own document: no server error, no answer that the document does not describe.
pub fn document(demo: &Demo, kit: &Kit) -> Done<End> {
    let Ok(program) = &kit.schemathesis else {
        return Ok(End::Skipped("needs schemathesis".into()));
    };
    let config = places::root().join("e2e/schemathesis.toml").display().to_string();
    let document = format!("{}/api/openapi.json", demo.url());
    let mut tool = command::program(&program.display().to_string(), &["--config-file", &config, "run", &document]);
    tool.args(["--max-time", &API_SECONDS.to_string(), "--report", "ndjson"]);
    // It keeps a cache where it runs.
    let folder = places::fresh("schemathesis")?;
    tool.arg("--report-dir").arg(&folder).current_dir(&folder);
    // In the environment and not among the words, which any process of this machine may read.
    tool.env("REEVE_TOKEN", demo.token()?).env("NO_COLOR", "1").env("COLUMNS", "160");
    let ran = command::run("api", &mut tool, Duration::from_secs(API_SECONDS * 4))?;
    let cases = cases(&ran.words);
    Ok(match (ran.ok, cases) {
        (false, _) if !demo.server.answers() => {
            End::Failed(None, format!("{}\n\nThe server is gone. Its last words:\n{}", ran.words, demo.server.words()))
        }
        (false, _) => End::Failed(None, ran.words),
        (true, 0) => End::Failed(None, format!("schemathesis tried nothing:\n{}", ran.words)),
        (true, number) => End::Held(Some(Tally { passed: 1, ..Tally::default() }), format!("({number} requests)")),
    })
}

/// The number before `generated` in schemathesis's `Test cases:` summary.
fn cases(words: &str) -> u64 {
    let after = words.lines().skip_while(|line| !line.trim().starts_with("Test cases:")).nth(1);
    after.and_then(|line| line.split_whitespace().next()?.replace(',', "").parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_requests_is_read_from_the_summary() {
        assert_eq!(cases("== SUMMARY ==\n\nTest cases:\n  1,204 generated, 1204 passed\n"), 1204);
        assert_eq!(cases("No operations\n"), 0);
    }
}
