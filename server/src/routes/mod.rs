//! The doors: `/v1/enrol`, `/v1/sync`, `/healthz`. Each handler is thin: read, hand over, answer.

mod answer;
mod enrol;
mod health;
mod sync_route;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use sync::wire::{ENROL_PATH, SYNC_PATH};

use crate::province::Province;

/// All routes of a province.
pub fn app(province: Arc<Province>) -> Router {
    Router::new()
        .route("/healthz", get(health::healthz))
        .route(ENROL_PATH, post(enrol::enrol))
        .route(SYNC_PATH, post(sync_route::sync))
        .fallback(answer::no_such_route)
        .method_not_allowed_fallback(answer::no_such_route)
        .layer(middleware::from_fn(log_request))
        .with_state(province)
}

/// One line a request: the route as declared (never the path as sent), status and duration.
async fn log_request(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let started = Instant::now();
    let response = next.run(request).await;
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(route, status = response.status().as_u16(), ms, "request");
    response
}
