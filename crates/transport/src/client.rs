//! Moving bytes: one POST, an answer that arrives in pieces, and a limit on silence.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Certificate, Client, ClientBuilder, Response, Url, redirect};
use rustls::crypto::{CryptoProvider, ring};
use store::RoadError;
use sync::wire::{MEDIA_TYPE, Refusal};

use crate::address::Address;
use crate::chain::NamedCa;

const CONNECT: Duration = Duration::from_secs(30);
/// A refusal is short; more is not read.
const REFUSAL_BYTES: usize = 64 * 1024;

/// Why a request brought no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// No connection came about.
    Unreachable,
    /// The connection ended, or nothing arrived for too long ([`StallLimit`]).
    Cut,
    /// The province refused.
    Refused(Refusal),
}

/// An answer as it arrives.
pub(crate) struct Answer {
    response: Response,
    silence: Duration,
}

/// A client that trusts the province's CA and nobody else; without TLS on this machine.
pub(crate) fn pinned(address: &Address, ca: Option<&[u8]>) -> Result<Client, RoadError> {
    let builder = builder(address);
    let builder = match ca {
        Some(ca) => builder.tls_certs_only([Certificate::from_der(ca).map_err(|_| RoadError::BadAddress)?]),
        None => builder.tls_certs_only([]),
    };
    builder.build().map_err(|_| RoadError::BadAddress)
}

/// A client for enrolment: it trusts the CA that the code names.
pub(crate) fn naming(address: &Address, verifier: &Arc<NamedCa>) -> Result<Client, RoadError> {
    let config = rustls::ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|_| RoadError::BadAddress)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::<NamedCa>::clone(verifier))
        .with_no_client_auth();
    builder(address).tls_backend_preconfigured(config).build().map_err(|_| RoadError::BadAddress)
}

/// The cryptography of all TLS here.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    if let Some(installed) = CryptoProvider::get_default() {
        return Arc::clone(installed);
    }
    // Another thread may have been faster; then theirs is the same.
    let _ = ring::default_provider().install_default();
    CryptoProvider::get_default().map_or_else(|| Arc::new(ring::default_provider()), Arc::clone)
}

fn builder(address: &Address) -> ClientBuilder {
    let _ = provider();
    let builder = Client::builder().connect_timeout(CONNECT).redirect(redirect::Policy::none());
    if address.is_loopback() { builder.no_proxy() } else { builder }
}

/// For how many milliseconds no byte may arrive, by the bytes that were handed to the socket.
pub(crate) type StallLimit = fn(u64) -> u64;

/// Posts a body and waits for the head of the answer.
pub(crate) async fn post(
    client: &Client,
    url: Url,
    authorization: Option<String>,
    body: Vec<u8>,
    stall_limit: StallLimit,
) -> Result<Answer, NoAnswer> {
    let silence = Duration::from_millis(stall_limit(body.len() as u64));
    let mut request = client.post(url).header(CONTENT_TYPE, MEDIA_TYPE).body(body);
    if let Some(authorization) = authorization {
        request = request.header(AUTHORIZATION, authorization);
    }
    let response = match tokio::time::timeout(silence, request.send()).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) if error.is_connect() => return Err(NoAnswer::Unreachable),
        Ok(Err(_)) | Err(_) => return Err(NoAnswer::Cut),
    };
    let status = response.status();
    let mut answer = Answer { response, silence };
    if status.is_success() {
        return Ok(answer);
    }
    let body = answer.whole(REFUSAL_BYTES).await?;
    // A body that is not ours comes from something in between, such as a gateway: as good as no connection.
    Err(Refusal::decode(&body).map_or(NoAnswer::Unreachable, NoAnswer::Refused))
}

impl Answer {
    /// The next piece; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Result<Option<Vec<u8>>, NoAnswer> {
        match tokio::time::timeout(self.silence, self.response.chunk()).await {
            Ok(Ok(piece)) => Ok(piece.map(|piece| piece.to_vec())),
            Ok(Err(_)) | Err(_) => Err(NoAnswer::Cut),
        }
    }

    /// All of a short answer.
    pub(crate) async fn whole(&mut self, most: usize) -> Result<Vec<u8>, NoAnswer> {
        let mut body = Vec::new();
        while let Some(piece) = self.piece().await? {
            body.extend(piece);
            if body.len() > most {
                return Err(NoAnswer::Cut);
            }
        }
        Ok(body)
    }
}
