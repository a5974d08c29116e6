//! What a risk is. Likelihood times impact, as ISO 31010's consequence/likelihood matrix.

use super::verbs::{accept, reopen};
use db::Tx;
use kernel::describe::{Choice, Field, Register, Rows, Scope, date, grant, int, level, line, link, many, money, rung, state, text, verb};
use kernel::explain::{Question, Reason, Reasons};
use kernel::register::Draft;
use kernel::{Act, House, Result, settings};

const LIKELIHOOD: &[Choice] =
    &[rung(1, "1", "Rare"), rung(2, "2", "Unlikely"), rung(3, "3", "Possible"), rung(4, "4", "Likely"), rung(5, "5", "Almost certain")];

const IMPACT: &[Choice] =
    &[rung(1, "1", "Slight"), rung(2, "2", "Minor"), rung(3, "3", "Medium"), rung(4, "4", "Major"), rung(5, "5", "Severe")];

const ACCEPTANCE: &[Field] = &[
    text("because", "Because").required().limit(2_000).help("Why it is better to bear it than to treat it."),
    date("until", "Until").required().help("When it must be looked at again."),
];

/// The highest score that is borne unless the setting says another one. What scores higher needs a treatment.
pub(super) const BORNE: i64 = 14;

/// The register.
pub const REGISTER: Register = Register {
    key: "risks",
    table: "risk",
    prefix: "RSK",
    one: "Risk",
    many: "Risks",
    about: "Something that could harm a service, and what is being done about it.",
    icon: "shield-check",
    room: "Books",
    fields: &[
        line("summary", "What could happen").title(),
        level("likelihood", "Likelihood", LIKELIHOOD).required().filtered(),
        level("impact", "Impact", IMPACT).required().filtered(),
        int("score", "Score", 1, 25)
            .computed()
            .listed()
            .filtered()
            .help("Likelihood x impact, 1 to 25.")
            .because(score)
            .course()
            .alarm("risk.appetite")
            .factors(&["likelihood", "impact"]),
        link("owner", "Owner", "people").listed().filtered(),
        many("services", "Services at stake", "services").filtered(),
        money("expected_loss", "Loss a year").confidential().listed().filtered().help("What it costs in a year, times how likely it is."),
        date("review_on", "Review").listed().filtered().help("When it must be looked at again."),
        text("treatment", "Treatment").searched().help("What is done so that it becomes less likely or less bad."),
        link("accepted_by", "Accepted by", "people").computed().section("Acceptance"),
        date("accepted_until", "Accepted until").computed().filtered().section("Acceptance"),
        text("accepted_because", "Accepted because").computed().section("Acceptance"),
    ],
    states: &[state("open", "Open").starts(), state("accepted", "Accepted"), state("closed", "Closed").ends()],
    verbs: &[
        verb("accept", "Accept until…")
            .from(&["open"])
            .to("accepted")
            .asks(ACCEPTANCE)
            .runs(accept)
            .help("Bear it, for a time, with a reason."),
        verb("close", "Close").from(&["open", "accepted"]).to("closed").help("It can no longer happen, or no longer matters."),
        verb("reopen", "Reopen").from(&["accepted", "closed"]).to("open").runs(reopen).help("It needs treatment again."),
    ],
    grants: &[
        grant("manager", "*", Scope::All),
        grant("agent", "read create", Scope::All),
        grant("agent", "edit", Scope::Own),
        grant("approver", "read accept", Scope::All),
        grant("auditor", "read export confidential internal", Scope::All),
    ],
    rows: Rows { owner: "owner", team: "", requester: "" },
    rules,
    completes,
    sort: "-score",
    ..Register::PLAIN
};

fn score(tx: &mut Tx, asked: &Question) -> Result<Reasons> {
    let risk = asked.record;
    let product = risk.int("likelihood").zip(risk.int("impact")).map(|(likelihood, impact)| likelihood * impact);
    let of = |key: &str| Reason::of(risk, key).note(risk.int(key).map_or_else(String::new, |rung| format!("{rung} of 5")));
    let mut list = vec![of("likelihood"), of("impact")];
    let treated = if risk.text("treatment").is_empty() { "none" } else { "written down" };
    list.push(Reason::new("Treatment", treated).note("does not change the score: weigh the risk again once it works").rejected());
    let borne = borne(tx, asked.house)?;
    Ok(Reasons::new(list, product, format!("One times the other, as in ISO 31010. {}", rule(borne))))
}

fn rules(risk: &mut Draft) {
    let (Some(likelihood), Some(impact)) = (risk.int("likelihood"), risk.int("impact")) else { return };
    risk.set("score", likelihood * impact);
}

/// The highest score that is borne in this house.
pub(super) fn borne(tx: &mut Tx, house: &House) -> Result<i64> {
    Ok(settings::get(tx, house, "risk.appetite")?.int().unwrap_or(BORNE))
}

/// The rule, as every page says it.
pub(super) fn rule(borne: i64) -> String {
    format!("What is borne ends at {borne}; a risk that scores more needs a treatment")
}

/// What scores more than is borne says what is done about it, from when it is weighed: an old one stays editable.
fn completes(act: &mut Act, risk: &mut Draft) -> Result<()> {
    let weighed = risk.changed("likelihood") || risk.changed("impact") || risk.changed("treatment");
    let Some(score) = risk.int("score").filter(|_| weighed && risk.get("treatment").is_null()) else { return Ok(()) };
    let borne = borne(act.tx, act.house)?;
    if score > borne {
        risk.refuse("treatment", format!("This risk scores {score}. {}: say what is done about it.", rule(borne)));
    }
    Ok(())
}
