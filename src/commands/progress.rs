//! Progress on a terminal, for what takes longer than a second.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long a command runs before it shows progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far a command has come. Nothing is shown where standard error is not a terminal.
pub struct Progress {
    /// Files written so far.
    pub written: Arc<AtomicUsize>,
    total: Arc<AtomicUsize>,
    done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts; `quiet` shows nothing.
    pub fn start(quiet: bool) -> Progress {
        let (written, total, done) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let thread = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let (written, total, done) = (written.clone(), total.clone(), done.clone());
            std::thread::spawn(move || watch(&written, &total, &done))
        });
        Progress { written, total, done, thread }
    }

    /// How many files there will be, once it is known.
    pub fn expect(&self, files: usize) {
        self.total.store(files, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

fn watch(written: &AtomicUsize, total: &AtomicUsize, done: &AtomicBool) {
    let start = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    while !done.load(Ordering::Relaxed) {
        std::thread::park_timeout(Duration::from_millis(100));
        if start.elapsed() < PATIENCE {
            continue;
        }
        let bar = bar.get_or_insert_with(|| ProgressBar::new(0).with_style(style("{spinner} reading")));
        let all = total.load(Ordering::Relaxed);
        if all > 0 && bar.length() != Some(all as u64) {
            bar.set_style(style("{spinner} writing {wide_bar} {pos} of {len} files"));
            bar.set_length(all as u64);
        }
        bar.set_position(written.load(Ordering::Relaxed) as u64);
        bar.tick();
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
