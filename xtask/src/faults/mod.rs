//! `stemma watch` against a server of feeds that go wrong, and what it made of them.
//!
//! ```text
//! world -server-> watch, killed and begun anew -> ledger -checked-> lost, twice, garbled; memory
//! ```
//!
//! Goes in: how many feeds, how long, a seed. Comes out: what was served beside what the ledger holds. After the
//! time nothing new is published and nothing goes wrong any more, until all feeds were polled once more; then the
//! watch is stopped, and one last round joins and tells.

mod bodies;
mod check;
mod server;
mod words;
mod world;

pub use check::Checked;
pub use server::{Log, Server};
pub use world::{Bad, Fault, Telling, World};

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How a watch is tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The command.
    pub stemma: PathBuf,
    /// Where ledger, list and output go; must be there.
    pub folder: PathBuf,
    /// What makes the world.
    pub seed: u64,
    /// How many feeds.
    pub feeds: u64,
    /// How long it changes and goes wrong.
    pub time: Duration,
    /// The time between two items of a feed.
    pub pace: Duration,
    /// The time between two polls of a feed.
    pub every: Duration,
    /// How long the watch waits for an answer.
    pub patience: Duration,
    /// How many requests in a thousand go wrong.
    pub faults: u64,
    /// How often the watch is killed and begun anew.
    pub kills: u32,
    /// How long it may take after that until all is fetched.
    pub calm: Duration,
}

/// How much memory the watch held.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Seconds since the trial began.
    pub at: f64,
    /// Mebibytes that were resident.
    pub mib: f64,
}

/// What came of a trial.
#[derive(Debug)]
pub struct Outcome {
    /// What the ledger holds beside what was served.
    pub checked: Checked,
    /// Requests by what was asked for.
    pub requests: Vec<(&'static str, u64)>,
    /// Requests that went wrong by how.
    pub faults: Vec<(Fault, u64)>,
    /// Hosts that were asked twice at a time.
    pub impolite: u64,
    /// Memory over time.
    pub memory: Vec<Sample>,
    /// How long it took until all was fetched, after nothing went wrong any more.
    pub calmed: Duration,
    /// Times that the watch was killed.
    pub kills: u32,
}

/// A watch under way, and where its words go.
struct Watch<'a> {
    trial: &'a Trial,
    server: &'a Server,
    child: Child,
}

/// Tries a watch.
///
/// # Errors
/// When a process cannot be started, or the watch fails.
pub fn run(trial: &Trial) -> io::Result<Outcome> {
    let world = World::new(trial.seed, trial.feeds, trial.pace, trial.faults);
    let server = Server::start(world, trial.patience + Duration::from_secs(1))?;
    let list: String = (0..trial.feeds).map(|feed| server.address(feed) + "\n").collect();
    std::fs::write(trial.folder.join("feeds.txt"), list)?;
    let mut watch = Watch { trial, server: &server, child: begin(trial, &server, false)? };
    let mut memory = Vec::new();
    let begun = Instant::now();
    let kills = watch.suffer(begun, &mut memory)?;
    server.world.freeze();
    let calm = Instant::now();
    watch.settle(begun, &mut memory)?;
    let calmed = calm.elapsed();
    watch.stop()?;
    let last = begin(trial, &server, true)?.wait_with_output()?;
    if !last.status.success() {
        return Err(io::Error::other("the last round failed; its words stand in watch.err"));
    }
    server.close();
    outcome(trial, &server, (memory, calmed, kills))
}

fn outcome(
    trial: &Trial,
    server: &Arc<Server>,
    (memory, calmed, kills): (Vec<Sample>, Duration, u32),
) -> io::Result<Outcome> {
    let checked = check::check(trial, server)?;
    let log = server.log();
    Ok(Outcome {
        checked,
        requests: log.requests.iter().map(|(kind, n)| (*kind, *n)).collect(),
        faults: log.faults.iter().map(|(fault, n)| (*fault, *n)).collect(),
        impolite: log.impolite,
        memory,
        calmed,
        kills,
    })
}

/// Starts a watch; its changes and words are added to files.
fn begin(trial: &Trial, server: &Server, once: bool) -> io::Result<Child> {
    let add = |name: &str| File::options().create(true).append(true).open(trial.folder.join(name));
    let time = |time: Duration| format!("{}ms", time.as_millis());
    let mut command = Command::new(&trial.stemma);
    command
        .args(["watch", "feeds.txt", "--json", "--allow-private", "--delay", "0s", "--hosts", "32"])
        .args(["--every", &time(trial.every), "--timeout", &time(trial.patience)])
        .args(["--webhook", &format!("http://hook.localhost:{}/hook", server.port)])
        .args(once.then_some("--once"))
        .args(["--join-every", &time(trial.every)])
        .current_dir(&trial.folder)
        .env_remove("STEMMA_LEDGER")
        .stdout(add("changes.jsonl")?)
        .stderr(add("watch.err")?)
        .stdin(Stdio::null());
    command.spawn()
}

impl Watch<'_> {
    /// Lets time pass, and kills the watch now and then; gives how often.
    fn suffer(&mut self, begun: Instant, memory: &mut Vec<Sample>) -> io::Result<u32> {
        let mut kills = 0;
        while begun.elapsed() < self.trial.time {
            self.nap(begun, memory)?;
            let due = self.trial.time.mul_f64(f64::from(kills + 1) / f64::from(self.trial.kills + 1));
            if kills < self.trial.kills && begun.elapsed() >= due {
                self.child.kill()?;
                self.child.wait()?;
                kills += 1;
                self.child = begin(self.trial, self.server, false)?;
            }
        }
        Ok(kills)
    }

    /// Waits until every feed was polled since the world froze and every page was served.
    fn settle(&mut self, begun: Instant, memory: &mut Vec<Sample>) -> io::Result<()> {
        let calm = Instant::now();
        while calm.elapsed() < self.trial.calm {
            self.nap(begun, memory)?;
            if self.is_settled() {
                break;
            }
        }
        Ok(())
    }

    fn is_settled(&self) -> bool {
        let world = &self.server.world;
        let log = self.server.log();
        let polled = (0..world.feeds).all(|feed| log.polled.contains(&feed));
        polled
            && (0..world.feeds).all(|feed| {
                let good =
                    |t: &Telling| world.bad(t.feed, t.item) == Bad::No && !world.has_text(t.feed, t.item);
                world.listed(feed).iter().filter(|t| good(t)).all(|t| log.served.contains(t))
            })
    }

    fn nap(&mut self, begun: Instant, memory: &mut Vec<Sample>) -> io::Result<()> {
        sleep(Duration::from_millis(200).min(self.trial.time / 50));
        let at = begun.elapsed().as_secs_f64();
        if memory.last().is_none_or(|last| at - last.at >= self.trial.time.as_secs_f64() / 200.0) {
            memory.extend(resident(self.child.id()).map(|mib| Sample { at, mib }));
        }
        match self.child.try_wait()? {
            Some(status) => {
                Err(io::Error::other(format!("the watch ended by itself ({status}); see watch.err")))
            }
            None => Ok(()),
        }
    }

    /// Asks it to stop, as a service is.
    fn stop(mut self) -> io::Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        let status = self.child.wait()?;
        if asked.success() && status.success() {
            return Ok(());
        }
        Err(io::Error::other(format!("the watch did not stop as it should ({status}); see watch.err")))
    }
}

/// Mebibytes that a process holds, where the system tells.
fn resident(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1_024.0)
}

/// Runs a trial as the command line says and tells of it.
///
/// # Errors
/// When it cannot be run, or something was lost, repeated or garbled.
pub fn told(args: &[String], out: &mut impl Write) -> io::Result<()> {
    let trial = asked(args)?;
    let _ = std::fs::remove_dir_all(&trial.folder);
    std::fs::create_dir_all(&trial.folder)?;
    writeln!(
        out,
        "{} feeds for {:?}, an item every {:?}, polled every {:?}",
        trial.feeds, trial.time, trial.pace, trial.every
    )?;
    let done = run(&trial)?;
    tell(&done, out)?;
    if done.checked.is_sound() { Ok(()) } else { Err(io::Error::other("the watch is not sound")) }
}

fn asked(args: &[String]) -> io::Result<Trial> {
    let wrong = || {
        io::Error::other(
            "usage: faults [feeds N] [minutes N] [pace SECONDS] [every SECONDS] [seed N] [faults PER-THOUSAND] [kills N]",
        )
    };
    let mut of = std::collections::BTreeMap::new();
    for pair in args.chunks(2) {
        let [name, value] = pair else { return Err(wrong()) };
        of.insert(name.as_str(), value.parse::<f64>().map_err(|_| wrong())?);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
    let stemma = std::env::var_os("STEMMA").map_or_else(|| root.join("target/release/stemma"), PathBuf::from);
    let mut take = |name: &str, usual: f64| of.remove(name).unwrap_or(usual).max(0.0);
    let trial = Trial {
        stemma,
        folder: std::env::temp_dir().join("stemma-faults"),
        seed: take("seed", 1.0) as u64,
        feeds: take("feeds", 2_000.0) as u64,
        time: Duration::from_secs_f64(60.0 * take("minutes", 60.0)),
        pace: Duration::from_secs_f64(take("pace", 900.0).max(0.01)),
        every: Duration::from_secs_f64(take("every", 120.0).max(0.1)),
        patience: Duration::from_secs(5),
        faults: take("faults", 50.0) as u64,
        kills: take("kills", 3.0) as u32,
        calm: Duration::from_secs_f64(60.0 * take("calm", 20.0)),
    };
    if of.is_empty() { Ok(trial) } else { Err(wrong()) }
}

fn tell(done: &Outcome, out: &mut impl Write) -> io::Result<()> {
    let list = |pairs: Vec<String>| pairs.join(", ");
    writeln!(out, "requests: {}", list(done.requests.iter().map(|(k, n)| format!("{k} {n}")).collect()))?;
    writeln!(out, "faults: {}", list(done.faults.iter().map(|(f, n)| format!("{f:?} {n}")).collect()))?;
    writeln!(out, "killed {} times; all fetched {:.0?} after the last fault", done.kills, done.calmed)?;
    writeln!(out, "hosts asked twice at a time: {}", done.impolite)?;
    for tenth in done.memory.chunks(done.memory.len().div_ceil(10).max(1)) {
        let most = tenth.iter().map(|s| s.mib).fold(0.0, f64::max);
        writeln!(out, "memory until {:>6.0} s: {most:>7.1} MiB at most", tenth[tenth.len() - 1].at)?;
    }
    done.checked.tell(out)
}
