//! A link that can be cut: a relay on this machine that ends connections when the journey says so.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicU64, Ordering};
use std::thread;

/// The relay between an office and the province. Its threads end with the process.
pub struct Link {
    port: u16,
    rules: Arc<Rules>,
}

#[derive(Default)]
struct Rules {
    province_port: AtomicU16,
    /// Bytes after which a connection dies, both ways together; 0 for never.
    cut_after: AtomicU64,
    /// Every second answer is lost: the province has done its part, the office never hears of it.
    loses_answers: AtomicBool,
    answers: AtomicU64,
    /// Answers are held back and the connection stays open.
    stalls: AtomicBool,
    stalled: AtomicU64,
    cuts: AtomicU64,
}

impl Link {
    pub fn to(province_port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let rules = Arc::new(Rules { province_port: AtomicU16::new(province_port), ..Rules::default() });
        let shared = Arc::clone(&rules);
        thread::spawn(move || {
            for office in listener.incoming().flatten() {
                let province_port = shared.province_port.load(Ordering::SeqCst);
                let Ok(province) = TcpStream::connect(("127.0.0.1", province_port)) else { continue };
                relay(office, province, &shared);
            }
        });
        Self { port, rules }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Connections from now on lead to another server, and those that are open end.
    pub fn lead_to(&self, province_port: u16) {
        self.rules.province_port.store(province_port, Ordering::SeqCst);
        self.cut_after(1);
    }

    /// Every connection from now on dies after so many bytes.
    pub fn cut_after(&self, bytes: u64) {
        self.rules.cut_after.store(bytes, Ordering::SeqCst);
    }

    /// Every second answer is lost from now on.
    pub fn lose_answers(&self, lose: bool) {
        self.rules.loses_answers.store(lose, Ordering::SeqCst);
    }

    /// The province's answers are swallowed from now on, and the connections stay open.
    pub fn stall(&self, stall: bool) {
        self.rules.stalls.store(stall, Ordering::SeqCst);
    }

    /// How many pieces of answers were swallowed.
    pub fn stalled(&self) -> u64 {
        self.rules.stalled.load(Ordering::SeqCst)
    }

    /// How many connections the link has cut.
    pub fn cuts(&self) -> u64 {
        self.rules.cuts.load(Ordering::SeqCst)
    }
}

fn relay(office: TcpStream, province: TcpStream, rules: &Arc<Rules>) {
    let passed = Arc::new(AtomicU64::new(0));
    let ends = (office.try_clone().unwrap(), province.try_clone().unwrap());
    let (rules_up, passed_up) = (Arc::clone(rules), Arc::clone(&passed));
    thread::spawn(move || pump(ends.0, ends.1, &rules_up, &passed_up, false));
    let rules = Arc::clone(rules);
    thread::spawn(move || pump(province, office, &rules, &passed, true));
}

/// Moves bytes one way until an end is closed or the link dies.
fn pump(mut from: TcpStream, mut to: TcpStream, rules: &Rules, passed: &AtomicU64, is_answer: bool) {
    let mut buffer = [0; 4096];
    while let Ok(len @ 1..) = from.read(&mut buffer) {
        if is_answer && rules.stalls.load(Ordering::SeqCst) {
            rules.stalled.fetch_add(1, Ordering::SeqCst);
            continue;
        }
        let limit = rules.cut_after.load(Ordering::SeqCst);
        let before = passed.fetch_add(len as u64, Ordering::SeqCst);
        let left = if limit == 0 { u64::MAX } else { limit.saturating_sub(before) };
        let lost = is_answer
            && rules.loses_answers.load(Ordering::SeqCst)
            && rules.answers.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
        let kept = if lost { 0 } else { len.min(usize::try_from(left).unwrap_or(usize::MAX)) };
        let written = to.write_all(&buffer[..kept]).is_ok();
        if kept < len {
            rules.cuts.fetch_add(1, Ordering::SeqCst);
        }
        if kept < len || !written {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

/// A server that is not the province and gives every request the same answer.
pub struct Pretender {
    port: u16,
    requests: Arc<AtomicU64>,
}

impl Pretender {
    pub fn answering(status: u16, body: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&requests);
        thread::spawn(move || {
            for mut asker in listener.incoming().flatten() {
                let mut buffer = [0; 64 * 1024];
                // One read takes the head and, of a small office, the body too.
                if matches!(asker.read(&mut buffer), Ok(1..)) {
                    counted.fetch_add(1, Ordering::SeqCst);
                    let head = format!("HTTP/1.1 {status} No\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                    let _ = asker.write_all(head.as_bytes()).and_then(|()| asker.write_all(&body));
                }
                let _ = asker.shutdown(Shutdown::Write);
                // Read to the end: closing on unread bytes would reset the answer away.
                while matches!(asker.read(&mut buffer), Ok(1..)) {}
            }
        });
        Self { port, requests }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }
}
