//! The database as the program holds it: queues, and the threads behind them.

use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::job::{Call, Reply};
use crate::postgres::{Role as PgRole, Session, Worker};
use crate::queue::Queue;
use crate::sqlite::{Connection, Limits, Role, Writer, serve_reads};
use crate::stats::Counters;
use crate::{Answer, Engine, Error, Options, Result, Source, Stats, Tx, backup};

/// An open database. Clones share it; it closes when the last is dropped.
#[derive(Clone)]
pub struct Database {
    shared: Arc<Shared>,
}

struct Shared {
    source: Source,
    options: Options,
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    counters: Arc<Counters>,
    threads: Mutex<Threads>,
}

#[derive(Default)]
struct Threads {
    readers: Vec<JoinHandle<()>>,
    /// A SQLite writer hands its connection to whoever waits for its end.
    writers: Vec<JoinHandle<Option<Connection>>>,
}

impl Drop for Shared {
    /// Lets the threads finish what is queued; they are not waited for, since this may run on one of them.
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
    }
}

impl Database {
    /// Opens the database and starts its threads. A SQLite file is created when missing; a server must be reachable now.
    pub fn open(source: &Source, options: Options) -> Result<Database> {
        let shared = Shared {
            source: source.clone(),
            writes: Arc::new(Queue::new(options.queue)),
            reads: Arc::new(Queue::new(options.queue)),
            counters: Arc::default(),
            threads: Mutex::default(),
            options,
        };
        let threads = match source {
            Source::Sqlite(path) => shared.start_sqlite(path)?,
            Source::Postgres(address) => shared.start_postgres(address)?,
        };
        *shared.threads.lock().unwrap_or_else(PoisonError::into_inner) = threads;
        Ok(Database { shared: Arc::new(shared) })
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.shared.source.engine()
    }

    /// Where the data is.
    pub fn source(&self) -> &Source {
        &self.shared.source
    }

    /// The file, on SQLite.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        match &self.shared.source {
            Source::Sqlite(path) => Some(path),
            Source::Postgres(_) => None,
        }
    }

    /// Runs a closure in a transaction and answers after its COMMIT, or with its failure when nothing was kept. It may be
    /// run several times before it is answered (see the rules in the crate's description).
    /// On PostgreSQL the transaction is READ COMMITTED: what a decision rests on is read `FOR UPDATE` or under [`Tx::lock`].
    pub fn write<T, E, F>(&self, act: F) -> Answer<T, E>
    where
        F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(&self.shared.writes, act)
    }

    /// Runs a closure that only reads. All its statements see the same state of the database. May be run again as well.
    pub fn read<T, E, F>(&self, act: F) -> Answer<T, E>
    where
        F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask(&self.shared.reads, act)
    }

    /// As [`Database::write`] for a chunk of large work, such as an import: some hundred rows, about 20 ms. The caller awaits
    /// each before it sends the next, and so everybody else gets a turn between two; it waits for room instead of being refused.
    pub async fn bulk<T, E, F>(&self, act: F) -> std::result::Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        while self.shared.writes.len() >= self.shared.options.queue {
            tokio::time::sleep(self.shared.options.batch_time).await;
        }
        self.write(act).await
    }

    /// As [`Database::write`] for a thread that may wait: the command line, jobs, tests. Waits for room in the queue as well.
    /// Never call it from an async task.
    pub fn write_wait<T, E, F>(&self, act: F) -> std::result::Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait(&self.shared.writes, act)
    }

    /// As [`Database::read`] for a thread that may wait.
    pub fn read_wait<T, E, F>(&self, act: F) -> std::result::Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait(&self.shared.reads, act)
    }

    fn ask<T, E, F>(&self, queue: &Queue, act: F) -> Answer<T, E>
    where
        F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        match queue.offer(Box::new(Call { act, result: None, reply: Some(Reply::Task(sender)) })) {
            Ok(()) => Answer::waiting(receiver),
            Err(error) => {
                crate::stats::count(&self.shared.counters.refused, 1);
                Answer::refused(error)
            }
        }
    }

    /// Writes a copy of the database to a new file while others go on reading and writing. Blocks until it is done.
    /// PostgreSQL has its own tool for this and refuses.
    pub fn backup(&self, to: &Path) -> Result<()> {
        match self.file() {
            Some(file) => backup::copy(file, to, backup::Existing::Refuse),
            None => Err(Error::Refused(
                "a PostgreSQL database is backed up with pg_dump (pg_dump --format=custom), and restored with pg_restore".into(),
            )),
        }
    }

    /// Lets the engine look at how its tables have grown, so that it chooses the right indexes. For a nightly job; takes
    /// seconds on a large SQLite file, and nothing on PostgreSQL, which does so by itself.
    pub fn refresh_statistics(&self) -> Result<()> {
        self.write_wait(|tx| match tx.engine() {
            Engine::Sqlite => tx.set_statement_time(None).and_then(|()| tx.script("PRAGMA optimize = 0x10002")),
            Engine::Postgres => Ok(()),
        })
    }

    /// Figures for monitoring.
    pub fn stats(&self) -> Stats {
        self.shared.counters.read(self.shared.writes.len(), self.shared.reads.len())
    }

    /// Refuses further calls, finishes those that wait, and returns when all connections are closed. Clones stay valid and answer [`Error::Closed`].
    /// Blocks; not to be called inside a closure.
    pub fn close(self) {
        self.shared.reads.close();
        self.shared.writes.close();
        let threads = std::mem::take(&mut *self.shared.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let ended = |by_panic: bool| {
            if by_panic {
                tracing::error!("a thread of the database ended by a panic");
            }
        };
        // The last connection to a SQLite file moves the log into it, and only the writer's may; so that one closes last.
        for thread in threads.readers {
            ended(thread.join().is_err());
        }
        for thread in threads.writers {
            ended(thread.join().is_err());
        }
    }
}

fn wait<T, E, F>(queue: &Queue, act: F) -> std::result::Result<T, E>
where
    F: Fn(&mut Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (sender, receiver) = sync_channel(1);
    queue.put(Box::new(Call { act, result: None, reply: Some(Reply::Thread(sender)) }))?;
    receiver.recv().unwrap_or_else(|_| Err(Error::Closed.into()))
}

impl Shared {
    fn start_sqlite(&self, path: &Path) -> Result<Threads> {
        let options = &self.options;
        let writer = Writer {
            connection: Connection::open(path, Role::Write, options)?,
            queue: self.writes.clone(),
            limits: Limits::from(options),
            counters: self.counters.clone(),
            waited: None,
            careful: 0,
        };
        let mut readers = Vec::new();
        for _ in 0..options.readers_for(Engine::Sqlite) {
            readers.push(Connection::open(path, Role::Read, options)?);
        }
        crate::stats::count(&self.counters.connections, 1 + readers.len() as u64);
        let mut threads = Threads { writers: vec![spawn("db-write", move || Some(writer.serve()))?], ..Threads::default() };
        for connection in readers {
            let (queue, counters, options) = (self.reads.clone(), self.counters.clone(), options.clone());
            threads.readers.push(spawn("db-read", move || serve_reads(&connection, &queue, &options, &counters))?);
        }
        Ok(threads)
    }

    fn start_postgres(&self, address: &str) -> Result<Threads> {
        let worker = |role, queue: &Arc<Queue>| -> Result<Worker> {
            Ok(Worker {
                session: Session::new(address, role, &self.options)?,
                role,
                queue: queue.clone(),
                statement_time: self.options.statement_time,
                counters: self.counters.clone(),
                next: None,
            })
        };
        let mut first = worker(PgRole::Write, &self.writes)?;
        first.session.connect(&self.counters)?;
        first.session.check_version()?;
        let mut writers = vec![first];
        for _ in 1..self.options.writers_for(Engine::Postgres) {
            writers.push(worker(PgRole::Write, &self.writes)?);
        }
        let mut threads = Threads::default();
        for worker in writers {
            let serve = move || {
                worker.serve();
                None
            };
            threads.writers.push(spawn("db-write", serve)?);
        }
        for _ in 0..self.options.readers_for(Engine::Postgres) {
            let worker = worker(PgRole::Read, &self.reads)?;
            threads.readers.push(spawn("db-read", move || worker.serve())?);
        }
        Ok(threads)
    }
}

fn spawn<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Result<JoinHandle<T>> {
    let builder = std::thread::Builder::new().name(name.into());
    builder.spawn(work).map_err(|error| Error::Other(format!("no thread for the database: {error}")))
}
