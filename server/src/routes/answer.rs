//! Bodies in and out: CBOR both ways; every refusal is `{code, data}`.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use sync::wire::{MEDIA_TYPE, Refusal};

use crate::error::{Error, Result};
use crate::province::random_u63;

/// When to come again while the storage does not answer.
const BUSY_SECONDS: u64 = 10;

/// Reads a body of at most `limit` bytes.
pub async fn read(body: Body, limit: usize) -> Result<Vec<u8>> {
    // A longer body and one that was cut look the same here; both are told, and only the first is still there to hear it.
    to_bytes(body, limit).await.map(Into::into).map_err(|_| Refusal::TooLarge.into())
}

/// An answer with this body.
pub fn cbor(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer where no route is: this server is older than the caller, or the caller is no device.
pub async fn no_such_route() -> Response {
    cbor(StatusCode::NOT_FOUND, Refusal::Malformed.encode())
}

/// The answer to a request that did not succeed. Whatever is not for the device becomes an incident number, which the log has.
pub fn refuse(error: &Error) -> Response {
    let refusal = match error {
        Error::Refused(refusal) => refusal.clone(),
        Error::Unavailable => {
            tracing::warn!(code = error.code(), "storage busy");
            Refusal::Busy(BUSY_SECONDS)
        }
        other => {
            let incident = random_u63().unwrap_or_default();
            tracing::error!(incident, code = other.code(), detail = other.detail(), "incident");
            Refusal::Unexpected(incident)
        }
    };
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = cbor(status, refusal.encode());
    if let Refusal::Busy(seconds) | Refusal::TooManyCodes(seconds) = refusal {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
