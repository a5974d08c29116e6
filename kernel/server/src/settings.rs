//! How the server behaves.

use crate::page::Found;
use std::path::PathBuf;
use std::time::Duration;

/// Settings of the server. All of them have a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data folder; the bytes of attached files lie in `files` below it.
    pub folder: PathBuf,
    /// The address people use, such as `https://desk.example.org`; none: whatever they came by. With `https` cookies are
    /// sent over TLS only.
    pub url: Option<String>,
    /// Whether a proxy in front says in `X-Forwarded-For` who is asking. Otherwise the header is not believed.
    pub behind_proxy: bool,
    /// How long a session lasts without being used.
    pub session_idle: Duration,
    /// How long a session lasts at most.
    pub session_most: Duration,
    /// Requests in a row that one API token may send.
    pub api_burst: u32,
    /// Requests a minute that one API token may send in the long run.
    pub api_per_minute: u32,
    /// Tries to sign in, in a row, per account; per network address five times as many.
    pub sign_in_burst: u32,
    /// Tries to sign in a minute in the long run.
    pub sign_in_per_minute: u32,
    /// Most bytes of a JSON body.
    pub json_limit: usize,
    /// Most bytes of a form with its files.
    pub form_limit: usize,
    /// How long one request may take.
    pub request_time: Duration,
    /// How long a stop waits for requests that are running.
    pub stop_time: Duration,
    /// Most streams of live pages on this node.
    pub streams: usize,
    /// Most streams of one person on this node.
    pub streams_per_person: usize,
    /// How often a stream on which nothing happens says that it is still there.
    pub beat: Duration,
    /// How long a stream waits for its reader before it is dropped.
    pub stream_patience: Duration,
    /// How often the sealer looks.
    pub seal_every: Duration,
    /// Makes the first organisation and administrator from the page `/start`; none: only the command line does.
    pub first_run: Option<Found>,
}

impl Default for Settings {
    fn default() -> Settings {
        const HOUR: u64 = 3600;
        Settings {
            folder: PathBuf::from("reeve-data"),
            url: None,
            behind_proxy: false,
            session_idle: Duration::from_secs(12 * HOUR),
            session_most: Duration::from_secs(7 * 24 * HOUR),
            api_burst: 20_000,
            api_per_minute: 600_000,
            sign_in_burst: kernel::who::account::MOST_FAILURES as u32,
            sign_in_per_minute: 5,
            json_limit: 1 << 20,
            form_limit: 32 << 20,
            request_time: Duration::from_secs(30),
            stop_time: Duration::from_secs(10),
            streams: 5_000,
            streams_per_person: 24,
            beat: Duration::from_secs(20),
            stream_patience: Duration::from_secs(15),
            seal_every: Duration::from_millis(200),
            first_run: None,
        }
    }
}

impl Settings {
    /// Whether people come by TLS, as far as the settings say.
    pub fn secure(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
