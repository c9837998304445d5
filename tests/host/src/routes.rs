//! `POST /call`, `GET /events`, the one-time token, and the files of `ui/dist`.

use std::convert::Infallible;
use std::path::Path;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use casework::{Code, Problem};
use chrono::TimeDelta;
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{Running, door};

/// The same as the window's, but for the road to the commands.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
                      object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// All routes over the files in `pages`.
pub fn routes(running: Running, pages: &Path) -> Router {
    let set = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .route("/open", get(door::open))
        .route("/call", post(call))
        .route("/events", get(events))
        .route("/clock", post(advance))
        .fallback_service(ServeDir::new(pages))
        .layer(set(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::CACHE_CONTROL, "no-store"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        .layer(middleware::from_fn_with_state(running.clone(), door::guard))
        .with_state(running)
}

#[derive(Deserialize)]
struct Call {
    name: String,
    #[serde(default)]
    payload: Value,
}

async fn call(State(running): State<Running>, Json(call): Json<Call>) -> Response {
    let ran = tokio::task::spawn_blocking(move || running.desk.call(&call.name, call.payload)).await;
    match ran.unwrap_or_else(|_| Err(Problem::new(Code::Unexpected))) {
        Ok(answer) => Json(json!({ "ok": answer })).into_response(),
        Err(problem) => Json(json!({ "problem": problem })).into_response(),
    }
}

async fn events(State(running): State<Running>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let touched = stream::unfold(running.touched.subscribe(), |mut receiver| async {
        loop {
            match receiver.recv().await {
                Ok(text) => return Some((Ok(Event::default().data(text)), receiver)),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(touched).keep_alive(KeepAlive::default())
}

#[derive(Deserialize)]
struct Advance {
    seconds: i64,
}

/// Moves the clock on, as a night or a closed lid does, and lets the background notice.
async fn advance(State(running): State<Running>, Json(advance): Json<Advance>) -> Json<Value> {
    running.clock.advance(TimeDelta::seconds(advance.seconds));
    running.desk.tick();
    Json(json!({ "now": running.clock.now().to_rfc3339() }))
}
