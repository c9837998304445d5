//! `POST /v1/enrol`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sync::enrolment::EnrolRequest;

use super::answer;
use crate::error::Result;
use crate::province::Province;

const LIMIT: usize = 4 * 1024;

/// A claim in, a number and the province's keys out.
pub async fn enrol(State(province): State<Arc<Province>>, body: Body) -> Response {
    match handle(&province, body).await {
        Ok(body) => answer::cbor(StatusCode::OK, body),
        Err(error) => answer::refuse(&error),
    }
}

async fn handle(province: &Arc<Province>, body: Body) -> Result<Vec<u8>> {
    let body = answer::read(body, LIMIT).await?;
    let request = EnrolRequest::decode(&body)?;
    Ok(crate::enrolment::enrol(province, request).await?.encode())
}
