//! One stream: waits for something to happen that concerns its page, and tells it.

use super::bell::Bell;
use super::hub::{Place, Standing};
use super::presence::Around;
use super::wire;
use crate::App;
use crate::gate::{Credential, Seen};
use axum::body::Bytes;
use db::Tx;
use kernel::describe::Register;
use kernel::live::{Concern, Event, Followed, Happened, Live, happened};
use kernel::web::{Form, Request};
use kernel::{Error, House, Result};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use ui::reader::reading;

/// Most entries that a stream which was away catches up on; after more the page is to be loaded again.
const MOST: usize = 2_000;
/// Most bytes told at once; what is more is told by loading the page again.
const LARGEST: usize = 128 << 10;
/// A stream rests for so many times as long as telling took, so that many streams do not take the machine from those who work.
const RESTS: u32 = 8;
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// What a stream was asked for.
pub(super) struct Asked {
    pub live: &'static Live,
    pub site: String,
    pub path: String,
    pub parts: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    pub rows: Vec<String>,
    pub credential: Credential,
}

impl Asked {
    /// The request of the page that is followed, as if it were made now.
    fn request(&self, house: &Arc<House>, seen: &Seen) -> Request {
        Request {
            view: seen.view.clone(),
            house: Arc::clone(house),
            now: house.clock.now(),
            site: self.site.clone(),
            path: self.path.clone(),
            parts: self.parts.clone(),
            query: self.query.clone(),
            form: Form::new(),
            files: Vec::new(),
            csrf: seen.csrf.clone(),
            fragment: true,
            theme: seen.theme.clone(),
            density: seen.density.clone(),
        }
    }

    /// What concerns the page, if its viewer may see it.
    fn concern(&self, tx: &mut Tx, request: &Request) -> Result<Concern> {
        if let Some((register, verb)) = self.live.may.split_once('.') {
            let register: &Register = request.house.register(register).ok_or(Error::NotFound)?;
            request.view.demand(register, verb)?;
        }
        (self.live.concerns)(tx, request)
    }
}

/// What was found when it looked.
struct Look {
    seen: Arc<Seen>,
    concern: Concern,
    told: Vec<Event>,
    position: i64,
    stale: bool,
}

/// See the module.
pub(super) struct Stream {
    asked: Arc<Asked>,
    place: Place,
    standing: watch::Receiver<Standing>,
    out: mpsc::Sender<Bytes>,
    /// Up to where the page knows what happened.
    position: i64,
    /// The epoch of who in which the viewer was last seen to.
    who: i64,
    seen: Arc<Seen>,
    concern: Concern,
    around: Around,
    /// How many rows were said to wait.
    newer: usize,
    bell: Bell,
}

/// Why a stream ends.
enum End {
    /// Nobody reads it, or not fast enough, or the server stops.
    Quiet,
    /// The page is told why first.
    Told(&'static str),
}

impl Stream {
    /// Looks for the first time, refuses what the page would refuse, and goes on in a task of its own.
    pub(super) async fn begin(asked: Asked, place: Place, since: Option<i64>, out: mpsc::Sender<Bytes>) -> Result<()> {
        let app = Arc::clone(&place.app);
        let (asked, standing) = (Arc::new(asked), app.hub.watch());
        let look = look(&app, &asked, since, None).await?;
        let around = Around::new(&app, &look.seen, &look.concern, &asked.rows);
        let (position, who, newer) = (look.position, look.seen.epoch, 0);
        let (seen, concern) = (Arc::clone(&look.seen), look.concern.clone());
        let bell = Bell::new();
        let mut stream = Stream { asked, place, standing, out, position, who, seen, concern, around, newer, bell };
        tokio::spawn(async move {
            let end = match stream.greet(look).await {
                Ok(()) => stream.follow().await,
                Err(end) => end,
            };
            if let End::Told(why) = end {
                let last = wire::event(why, stream.position, "");
                let _ = stream.out.try_send(last);
            }
        });
        Ok(())
    }

    fn app(&self) -> &Arc<App> {
        &self.place.app
    }

    /// What happened since the page was made, and what time it is.
    async fn greet(&mut self, look: Look) -> std::result::Result<(), End> {
        self.send(wire::hello()).await?;
        self.send(wire::event("beat", self.position, &self.app().now().to_string())).await?;
        self.say(look).await?;
        let notices = self.standing.borrow().notices;
        self.ring(notices).await?;
        self.presence().await
    }

    /// Tells what happens until it ends.
    async fn follow(&mut self) -> End {
        loop {
            let beat = self.app().settings.beat;
            let woken = tokio::select! {
                changed = self.standing.changed() => changed.is_ok(),
                () = tokio::time::sleep(beat) => false,
                () = self.out.closed() => return End::Quiet,
            };
            let begun = Instant::now();
            let done = if woken { self.advance().await } else { self.beat().await };
            if let Err(end) = done {
                return end;
            }
            let rest = (begun.elapsed() * RESTS).min(LONGEST_REST);
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = self.out.closed() => return End::Quiet,
            }
        }
    }

    /// Still here; and whoever looks may still.
    async fn beat(&mut self) -> std::result::Result<(), End> {
        if self.app().gate.over(&self.seen, self.app().now()) {
            return Err(End::Told("ended"));
        }
        self.send(wire::event("beat", self.position, &self.app().now().to_string())).await
    }

    /// Something happened: tells it, if it concerns the page.
    async fn advance(&mut self) -> std::result::Result<(), End> {
        let standing = *self.standing.borrow_and_update();
        if standing.stopping {
            return Err(End::Quiet);
        }
        let known = self.app().hub.after(self.position);
        let touched = known.as_ref().is_none_or(|(new, _)| new.iter().any(|entry| self.concern.takes(entry)));
        match known {
            Some((_, end)) if !touched && standing.who == self.who => self.position = end,
            known => {
                let looked = look(self.app(), &self.asked, Some(self.position), known).await;
                match looked {
                    Ok(look) => self.say(look).await?,
                    Err(error) => {
                        tracing::debug!(%error, "a stream could not look just now");
                        return Err(over(&error).map_or(End::Quiet, End::Told));
                    }
                }
            }
        }
        self.ring(standing.notices).await?;
        self.presence().await
    }

    /// Says how many notices wait, if that is another number than the page has.
    async fn ring(&mut self, epoch: i64) -> std::result::Result<(), End> {
        let app = Arc::clone(&self.place.app);
        match self.bell.changed(&app, &self.asked.credential, epoch).await {
            Some(count) => self.send(wire::event("bell", self.position, &count.to_string())).await,
            None => Ok(()),
        }
    }

    async fn say(&mut self, look: Look) -> std::result::Result<(), End> {
        self.around.again();
        (self.seen, self.concern, self.position, self.who) = (look.seen.clone(), look.concern, look.position, look.seen.epoch);
        if look.stale {
            return Err(End::Told("stale"));
        }
        for event in look.told {
            match event {
                Event::Newer(count) if count == self.newer => continue,
                Event::Newer(count) => self.newer = count,
                _ => {}
            }
            self.send(wire::told(self.position, &event)).await?;
        }
        Ok(())
    }

    async fn presence(&mut self) -> std::result::Result<(), End> {
        let app = Arc::clone(&self.place.app);
        let Some(at) = self.around.stirred(&app, &self.seen) else { return Ok(()) };
        let inside = if at.is_empty() { Vec::new() } else { inside(&app, &self.asked, at).await? };
        match self.around.changed(&app, &self.seen, &inside) {
            Some(html) => self.send(wire::event("presence", self.position, &html)).await,
            None => Ok(()),
        }
    }

    /// Puts a chunk where the connection takes it from. A reader who takes nothing for too long is dropped: when they come back,
    /// they go on from the last event they have.
    async fn send(&mut self, chunk: Bytes) -> std::result::Result<(), End> {
        match self.out.send_timeout(chunk, self.place.app.settings.stream_patience).await {
            Ok(()) => Ok(()),
            Err(mpsc::error::SendTimeoutError::Closed(_)) => Err(End::Quiet),
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => {
                self.place.app.hub.dropped.fetch_add(1, Ordering::Relaxed);
                Err(End::Quiet)
            }
        }
    }
}

/// Who asks, whether they may, and what is to be told: in one snapshot. `known` is what came after `since`, if it is at hand.
async fn look(app: &Arc<App>, asked: &Arc<Asked>, since: Option<i64>, known: Option<(Vec<Happened>, i64)>) -> Result<Look> {
    let (house, page) = (Arc::clone(&app.house), Arc::clone(asked));
    let read = move |tx: &mut Tx, seen: &Arc<Seen>| {
        let request = page.request(&house, seen);
        let concern = page.concern(tx, &request)?;
        let present = kernel::live::sealed(tx)?;
        let since = since.unwrap_or(present);
        let (new, position) = match &known {
            Some((new, end)) => (new.clone(), *end),
            None => (happened(tx, since, MOST + 1)?, present.max(since)),
        };
        let stale = new.len() > MOST || (known.is_none() && since > present);
        let mine: Vec<Happened> = new.into_iter().filter(|entry| concern.takes(entry)).collect();
        let told = match mine.is_empty() || stale {
            true => Vec::new(),
            false => reading(&seen.reader, || (page.live.tell)(tx, &request, &Followed { rows: &page.rows, happened: &mine }))?,
        };
        let large = told.iter().map(size).sum::<usize>() > LARGEST;
        Ok(Look { seen: Arc::clone(seen), concern, told: if large { Vec::new() } else { told }, position, stale: stale || large })
    };
    app.follow(&asked.credential, read).await
}

/// Of some records, those that whoever follows may see inside.
async fn inside(app: &Arc<App>, asked: &Asked, at: Vec<String>) -> std::result::Result<Vec<String>, End> {
    let house = Arc::clone(&app.house);
    let read = move |tx: &mut Tx, seen: &Arc<Seen>| kernel::live::inside(tx, &house, &seen.view, &at);
    app.follow(&asked.credential, read).await.map_err(|error| match error {
        Error::Nobody => End::Told("ended"),
        _ => End::Quiet,
    })
}

/// The event that says why a page can no longer be followed, if it is for good.
pub(super) fn over(error: &Error) -> Option<&'static str> {
    match error {
        Error::Nobody => Some("ended"),
        Error::NotFound | Error::Forbidden(_) => Some("gone"),
        _ => None,
    }
}

fn size(event: &Event) -> usize {
    match event {
        Event::Patch(html) | Event::Append(html) => html.0.len(),
        Event::Changed(words) => words.len(),
        Event::Newer(_) => 8,
    }
}
