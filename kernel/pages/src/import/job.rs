//! The job that tries or imports a file.

use db::Database;
use exchange::{Options, Report, run as import};
use kernel::describe::Register;
use kernel::jobs::{self, Job, JobKind, Pace, Queued};
use kernel::web::Reply;
use kernel::who::{Means, view_of};
use kernel::{Act, Error, House, Result};
use serde_json::{Value as Json, json};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{store, table};

/// The sort of job.
pub const KIND: JobKind = JobKind { key: "pages.import", pace: Pace::Long, run };

/// Rejections named on the page; the list has all.
const NAMED: usize = 20;

/// Queues it and leads to its page.
pub fn start(act: &mut Act, register: &'static Register, upload: i64, dry: bool) -> Result<Reply> {
    let input = json!({ "upload": upload, "register": register.key, "organisation": act.view.organisation, "dry": dry });
    let job = Queued { kind: KIND.key, input: &input, run_at: act.recorded_at, person: Some(act.view.person), most_attempts: 3 };
    let id = jobs::enqueue(act.tx, act.house, &job)?;
    store::start(act, upload, id)?;
    Ok(Reply::redirect(format!("/{}/import/{upload}/run", register.key), ""))
}

/// Imports. After a break it begins again: rows that are in are compared, not added.
fn run(db: &Database, house: &Arc<House>, job: &Job) -> Result<Json> {
    let number = |key: &str| job.input.get(key).and_then(Json::as_i64).ok_or(Error::NotFound);
    let (id, organisation, person) = (number("upload")?, number("organisation")?, job.person.unwrap_or(0));
    let register = job.input.get("register").and_then(Json::as_str).and_then(|key| house.register(key)).ok_or(Error::NotFound)?;
    let own = Arc::clone(house);
    let (view, upload) = db.read_wait(move |tx| {
        let view = view_of(tx, &own, person, organisation, Means::Page)?;
        Ok::<_, Error>((view, store::load(tx, person, register, id)?))
    })?;
    let since = house.clock.now();
    let mut table = table(&upload)?;
    let mapping = upload.mapping.unwrap_or_default();
    let dry = job.input.get("dry").and_then(Json::as_bool).unwrap_or(true);
    let options = Options { source: upload.source, dry_run: dry };
    let all = i64::try_from(table.rows).unwrap_or(i64::MAX);
    let mut broken = None;
    let mut progress = |report: &Report| {
        let (now, done, its) = (house.clock.now(), i64::try_from(report.rows).unwrap_or(i64::MAX), job.clone());
        match db.write_wait(move |tx| jobs::progress(tx, &its, now, done, all)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let mut rejects = Vec::new();
    let report = import(db, house, &view, register, &mut table, &mapping, &options, &mut rejects, &mut progress)?;
    // It cannot go on here: it is taken over elsewhere, or tried again, and only whoever ends it says what was rejected.
    if let Some(error) = broken {
        return Err(error);
    }
    let (its, now, read) = (job.clone(), house.clock.now(), i64::try_from(report.rows).unwrap_or(i64::MAX));
    db.write_wait(move |tx| {
        jobs::progress(tx, &its, now, read, all)?;
        store::keep_rejects(tx, id, &rejects)
    })?;
    Ok(said(&report, since))
}

fn said(report: &Report, since: i64) -> Json {
    let named: Vec<Json> = report.rejections.iter().take(NAMED).map(|it| json!([it.line, it.reasons])).collect();
    json!({
        "dry": report.dry_run, "said": report.to_string(), "rows": report.rows, "created": report.created, "changed": report.changed,
        "same": report.same, "rejected": report.rejected, "stopped": report.stopped, "rejections": named, "since": since,
    })
}
