//! Figures about requests, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the latency histogram, in milliseconds.
const BOUNDS: [f64; 12] = [0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 5000.0];

#[derive(Clone, Copy, Default)]
struct Times {
    counts: [u64; BOUNDS.len() + 1],
    sum: f64,
}

/// What is counted.
#[derive(Default)]
pub(crate) struct Meters {
    requests: Mutex<BTreeMap<(&'static str, &'static str, u16), u64>>,
    times: Mutex<BTreeMap<&'static str, Times>>,
    running: AtomicI64,
    panics: AtomicU64,
    /// Position of the last sealed entry, as this node's sealer knows it.
    pub sealed: AtomicI64,
}

impl Meters {
    pub(crate) fn began(&self) {
        self.running.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn ended(&self) {
        self.running.fetch_sub(1, Ordering::Relaxed);
    }

    pub(crate) fn answered(&self, route: &'static str, method: &'static str, status: u16, took: Duration) {
        *self.requests.lock().unwrap_or_else(|broken| broken.into_inner()).entry((route, method, status)).or_default() += 1;
        let mut all = self.times.lock().unwrap_or_else(|broken| broken.into_inner());
        let times = all.entry(route).or_default();
        let milliseconds = took.as_secs_f64() * 1000.0;
        let place = BOUNDS.iter().position(|bound| milliseconds <= *bound).unwrap_or(BOUNDS.len());
        times.counts[place] += 1;
        times.sum += took.as_secs_f64();
    }

    pub(crate) fn panicked(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    /// The figures of requests as text.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        head(&mut out, "reeve_http_requests_total", "counter", "Requests answered, by route and status.");
        for ((route, method, status), count) in self.requests.lock().unwrap_or_else(|broken| broken.into_inner()).iter() {
            let _ = writeln!(out, "reeve_http_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}");
        }
        head(&mut out, "reeve_http_request_seconds", "histogram", "How long requests took, by route.");
        for (route, times) in self.times.lock().unwrap_or_else(|broken| broken.into_inner()).iter() {
            histogram(&mut out, route, times);
        }
        gauge(&mut out, "reeve_http_requests_running", "gauge", "Requests being answered now.", self.running.load(Ordering::Relaxed));
        gauge(&mut out, "reeve_panics_total", "counter", "Handlers that panicked.", self.panics.load(Ordering::Relaxed) as i64);
        out
    }
}

fn histogram(out: &mut String, route: &str, times: &Times) {
    let mut total = 0;
    for (bound, count) in BOUNDS.iter().map(|bound| (bound / 1000.0).to_string()).chain(["+Inf".to_owned()]).zip(times.counts) {
        total += count;
        let _ = writeln!(out, "reeve_http_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {total}");
    }
    let _ = writeln!(out, "reeve_http_request_seconds_sum{{route=\"{route}\"}} {}", times.sum);
    let _ = writeln!(out, "reeve_http_request_seconds_count{{route=\"{route}\"}} {total}");
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

/// One figure.
pub(crate) fn gauge(out: &mut String, name: &str, kind: &str, help: &str, value: i64) {
    head(out, name, kind, help);
    let _ = writeln!(out, "{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative_and_sums_agree() {
        let meters = Meters::default();
        for milliseconds in [1, 3, 30, 60_000] {
            meters.answered("/{kind}", "GET", 200, Duration::from_millis(milliseconds));
        }
        let text = meters.text();
        assert!(text.contains("reeve_http_requests_total{route=\"/{kind}\",method=\"GET\",status=\"200\"} 4"), "{text}");
        assert!(text.contains("{route=\"/{kind}\",le=\"0.005\"} 2"), "{text}");
        assert!(text.contains("{route=\"/{kind}\",le=\"+Inf\"} 4"), "{text}");
        assert!(text.contains("reeve_http_request_seconds_count{route=\"/{kind}\"} 4"), "{text}");
    }
}
