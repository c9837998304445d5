//! `/healthz`: for supervisors and for people who ask whether the server is there. Says nothing about data.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::db::scopes;
use crate::province::Province;

/// 200 while the storage answers, 503 otherwise.
pub async fn healthz(State(province): State<Arc<Province>>) -> (StatusCode, Json<Value>) {
    match province.db.read(|tx| scopes::find(tx, scopes::PROVINCE)).await {
        Ok(Some(_)) => (StatusCode::OK, Json(json!({"status": "ok", "storage": province.db.name(), "version": crate::VERSION}))),
        Ok(None) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "storage does not answer"}))),
    }
}
