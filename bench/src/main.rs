//! Measurements: every figure beside a limit measured in the same run, on the same machine, with server and client on the
//! same cores. `cargo x bench` prints a table; `--json` a list of `{name, value, unit, limit, limit_name, budget, ok}`.

mod client;
mod data;
mod figure;
mod limits;
mod plans;
mod process;
mod run;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to measure.
#[derive(Parser, Clone)]
#[command(name = "bench", about = "Measures Reeve against its budgets")]
pub struct Args {
    /// The server's binary.
    #[arg(long, env = "REEVE_BINARY", default_value = "target/release/reeve")]
    binary: PathBuf,
    /// Where data is made and kept between runs.
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
    /// PostgreSQL instead of the embedded database: the URL of an empty database, or of one that an earlier run filled.
    #[arg(long)]
    database: Option<String>,
    /// Tickets in the database.
    #[arg(long, default_value_t = 1_000_000)]
    tickets: u64,
    /// Seconds for each figure.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Only figures whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// No measurements: what each page asks of the database, and whether any of it reads a large table from end to end.
    #[arg(long)]
    plans: bool,
    /// JSON on stdout instead of a table.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    if args.plans {
        return match run::place(&args).and_then(|(source, _)| plans::print(&source, args.tickets)) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => fault(&error),
        };
    }
    match run::run(&args) {
        Ok(figures) => {
            figure::print(&figures, args.json);
            if figures.iter().all(|figure| figure.ok()) { ExitCode::SUCCESS } else { ExitCode::from(1) }
        }
        Err(error) => fault(&error),
    }
}

fn fault(error: &anyhow::Error) -> ExitCode {
    eprintln!("bench: {error:#}");
    ExitCode::from(2)
}
