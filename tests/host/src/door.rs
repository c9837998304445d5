//! Who may enter: the holder of a token that opens once, then of a cookie that scripts cannot read and other sites cannot send.
//!
//! The server listens on loopback, yet any page in the person's browser could call it, also under a name that resolves
//! to 127.0.0.1. So the `Host` header must be our own address, an `Origin` must be ours, and nothing is answered without the cookie.

use std::net::SocketAddr;
use std::sync::Mutex;

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::Running;

const COOKIE: &str = "so_an_sinh";

/// The secrets of one run.
pub struct Door {
    address: SocketAddr,
    token: Mutex<Option<String>>,
    cookie: String,
}

/// Where the one-time token comes in.
#[derive(Deserialize)]
pub struct Opening {
    token: String,
}

impl Door {
    /// New secrets for the server that listens at `address`.
    pub fn new(address: SocketAddr) -> Result<Self, getrandom::Error> {
        Ok(Self { address, token: Mutex::new(Some(secret()?)), cookie: secret()? })
    }

    /// The address that opens the door once.
    pub fn url(&self) -> String {
        let token = self.token.lock().ok().and_then(|token| token.clone()).unwrap_or_default();
        format!("http://{}/open?token={token}", self.address)
    }

    fn is_ours(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let own = self.address.to_string();
        let local = format!("localhost:{}", self.address.port());
        let host = text(header::HOST).unwrap_or_default();
        let origin = text(header::ORIGIN);
        (host == own || host == local)
            && origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|rest| rest == own || rest == local))
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == COOKIE && same(value, &self.cookie))
    }
}

/// Takes the token, once, and gives the cookie for it.
pub async fn open(State(running): State<Running>, Query(opening): Query<Opening>) -> Response {
    let mut token = match running.door.token.lock() {
        Ok(token) => token,
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    if !token.as_deref().is_some_and(|token| same(token, &opening.token)) {
        return (StatusCode::FORBIDDEN, "This address was used already: start the program again for a new one.").into_response();
    }
    *token = None;
    let cookie = format!("{COOKIE}={}; HttpOnly; SameSite=Strict; Path=/", running.door.cookie);
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

/// Lets a request pass that names us as its host, comes from no other page, and carries the cookie (or brings the token).
pub async fn guard(State(running): State<Running>, request: Request, next: Next) -> Response {
    if !running.door.is_ours(request.headers()) {
        return (StatusCode::MISDIRECTED_REQUEST, "not this host").into_response();
    }
    if request.uri().path() != "/open" && !running.door.has_cookie(request.headers()) {
        return (StatusCode::FORBIDDEN, "open the address that the program printed").into_response();
    }
    next.run(request).await
}

/// Compares without telling by its time where two texts part.
fn same(a: &str, b: &str) -> bool {
    blake3::hash(a.as_bytes()) == blake3::hash(b.as_bytes())
}

fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
