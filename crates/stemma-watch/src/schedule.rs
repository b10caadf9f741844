//! Whose turn it is: jobs by host, one at a time for each, never before its delay is over.
//!
//! Many threads take jobs, do them and bring them back. Knows neither addresses nor the network. A schedule for
//! one round gives what is due when it is made and what comes of that, then says that it is over.

use crate::politeness::Millis;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a thread sleeps at most before it looks around again.
const NAP: Duration = Duration::from_millis(500);

/// Something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Job {
    /// To poll a feed, by its number.
    Feed(i64),
    /// To fetch an item, by its number.
    Item(i64),
}

/// Something to do, where and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) job: Job,
    pub(crate) host: String,
    pub(crate) due: Millis,
}

#[derive(Debug, Default)]
struct Host {
    queue: BinaryHeap<Reverse<(Millis, Job)>>,
    /// When it may be asked again.
    free: Millis,
    busy: bool,
}

#[derive(Debug, Default)]
struct Inner {
    hosts: HashMap<String, Host>,
    /// Hosts that are not busy and have something to do, by when.
    ready: BTreeSet<(Millis, String)>,
    n_busy: usize,
    n_waiting: usize,
    halted: bool,
}

/// The jobs of a watch.
#[derive(Debug)]
pub(crate) struct Schedule {
    inner: Mutex<Inner>,
    wake: Condvar,
    /// What is due later is not done, in a schedule for one round.
    horizon: Option<Millis>,
}

impl Schedule {
    /// An empty schedule; for one round if there is a horizon.
    pub(crate) fn new(horizon: Option<Millis>) -> Self {
        Self { inner: Mutex::default(), wake: Condvar::new(), horizon }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere leaves the lists as sound as they were.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds tasks.
    pub(crate) fn add(&self, tasks: impl IntoIterator<Item = Task>) {
        let mut inner = self.inner();
        for task in tasks {
            inner.put(task, self.horizon);
        }
        self.wake.notify_all();
    }

    /// Waits for the next job and takes it; none when all is over.
    pub(crate) fn next(&self, now: impl Fn() -> Millis) -> Option<Task> {
        let mut inner = self.inner();
        loop {
            if inner.halted {
                return None;
            }
            let nap = match inner.ready.first() {
                Some((due, _)) => {
                    let wait = due - now();
                    if wait <= 0 {
                        return inner.pop();
                    }
                    NAP.min(Duration::from_millis(wait.unsigned_abs()))
                }
                None if self.horizon.is_some() && inner.n_busy == 0 => return None,
                None => NAP,
            };
            inner = self.wake.wait_timeout(inner, nap).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A job is done: its host may be asked again at `free`, and there is more to do.
    pub(crate) fn done(&self, host: &str, free: Millis, more: impl IntoIterator<Item = Task>) {
        let mut inner = self.inner();
        inner.n_busy -= 1;
        for task in more {
            inner.put(task, self.horizon);
        }
        if let Some(found) = inner.hosts.get_mut(host) {
            found.busy = false;
            found.free = free;
        }
        inner.settle(host, self.horizon);
        self.wake.notify_all();
    }

    /// No more jobs are given.
    pub(crate) fn halt(&self) {
        self.inner().halted = true;
        self.wake.notify_all();
    }

    /// Whether a round is over.
    pub(crate) fn is_over(&self) -> bool {
        let inner = self.inner();
        inner.n_busy == 0 && (inner.halted || self.horizon.is_some() && inner.ready.is_empty())
    }

    /// How many jobs are being done, and how many wait.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let inner = self.inner();
        (inner.n_busy, inner.n_waiting)
    }
}

impl Inner {
    fn put(&mut self, task: Task, horizon: Option<Millis>) {
        self.unready(&task.host);
        self.hosts.entry(task.host.clone()).or_default().queue.push(Reverse((task.due, task.job)));
        self.n_waiting += 1;
        self.settle(&task.host, horizon);
    }

    /// When a host has its next turn.
    fn turn(&self, host: &str) -> Option<Millis> {
        let found = self.hosts.get(host).filter(|h| !h.busy)?;
        let Reverse((due, _)) = found.queue.peek()?;
        Some((*due).max(found.free))
    }

    fn unready(&mut self, host: &str) {
        if let Some(turn) = self.turn(host) {
            self.ready.remove(&(turn, host.to_owned()));
        }
    }

    fn settle(&mut self, host: &str, horizon: Option<Millis>) {
        let Some(found) = self.hosts.get(host) else { return };
        let due = found.queue.peek().map(|Reverse((due, _))| *due);
        if due.is_some_and(|due| horizon.is_none_or(|horizon| due <= horizon))
            && let Some(turn) = self.turn(host)
        {
            self.ready.insert((turn, host.to_owned()));
        }
    }

    /// Takes the first that is ready.
    fn pop(&mut self) -> Option<Task> {
        let (_, host) = self.ready.pop_first()?;
        let found = self.hosts.get_mut(&host)?;
        let Reverse((due, job)) = found.queue.pop()?;
        found.busy = true;
        self.n_busy += 1;
        self.n_waiting -= 1;
        Some(Task { job, host, due })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(job: Job, host: &str, due: Millis) -> Task {
        Task { job, host: host.into(), due }
    }

    #[test]
    fn a_host_is_asked_one_at_a_time_and_after_its_delay() {
        let schedule = Schedule::new(None);
        let jobs = [Job::Feed(1), Job::Item(2)];
        schedule.add([task(jobs[0], "a", 5), task(jobs[1], "a", 6), task(Job::Feed(3), "b", 9)]);
        let first = schedule.next(|| 10).unwrap();
        assert_eq!((first.job, first.host.as_str()), (jobs[0], "a"));
        assert_eq!(schedule.next(|| 10).unwrap().job, Job::Feed(3));
        schedule.done("a", 20, []);
        schedule.done("b", 20, [task(Job::Item(4), "b", 0)]);
        assert_eq!(schedule.next(|| 20).unwrap().job, jobs[1]);
        assert_eq!(schedule.next(|| 20).unwrap().job, Job::Item(4));
        assert_eq!(schedule.counts(), (2, 0));
        schedule.halt();
        assert!(schedule.next(|| 20).is_none());
    }

    #[test]
    fn a_round_ends_with_what_was_due() {
        let schedule = Schedule::new(Some(10));
        schedule.add([task(Job::Feed(1), "a", 5), task(Job::Feed(2), "b", 11)]);
        assert_eq!(schedule.next(|| 12).unwrap().job, Job::Feed(1));
        assert!(!schedule.is_over());
        schedule.done("a", 12, [task(Job::Item(3), "a", 0), task(Job::Feed(1), "a", 99)]);
        assert_eq!(schedule.next(|| 12).unwrap().job, Job::Item(3));
        schedule.done("a", 12, []);
        assert!(schedule.next(|| 500).is_none());
        assert!(schedule.is_over());
    }

    #[test]
    fn every_job_is_done_once_by_many() {
        let schedule = Schedule::new(Some(0));
        schedule.add((0..1_000).map(|n| task(Job::Item(n), &format!("h{}", n % 7), 0)));
        let done = Mutex::new(BTreeSet::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while let Some(task) = schedule.next(|| 1) {
                        assert!(done.lock().unwrap().insert(task.job));
                        schedule.done(&task.host, 0, []);
                    }
                });
            }
        });
        assert_eq!(done.lock().unwrap().len(), 1_000);
    }
}
