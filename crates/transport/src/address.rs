//! The address of a province's server: `https`, or plain `http` on this machine only.

use std::net::IpAddr;

use reqwest::Url;
use store::RoadError;

/// A checked address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    url: Url,
}

impl Address {
    /// Reads what a person typed; without a scheme it is `https`.
    pub(crate) fn read(typed: &str) -> Result<Self, RoadError> {
        let typed = typed.trim();
        let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let url = Url::parse(&with_scheme).map_err(|_| RoadError::BadAddress)?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        let address = Self { url };
        let allowed = match address.url.scheme() {
            "https" => true,
            "http" => address.is_loopback(),
            _ => false,
        };
        if allowed && plain && address.url.host_str().is_some() { Ok(address) } else { Err(RoadError::BadAddress) }
    }

    /// Whether the server is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.url.host_str().unwrap_or_default();
        let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
    }

    /// Whether there is TLS.
    pub(crate) fn is_sealed(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The whole address of a route.
    pub(crate) fn route(&self, path: &str) -> Result<Url, RoadError> {
        self.url.join(path).map_err(|_| RoadError::BadAddress)
    }

    /// As it is kept.
    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in
            ["http://127.0.0.1:8443", "http://[::1]:80", "http://localhost:1", "https://tinh.example:8443", "tinh.example"]
        {
            assert!(Address::read(good).is_ok(), "{good}");
        }
        for bad in [
            "http://tinh.example",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "https://",
            "",
            "https://a:b@tinh.example",
            "http://127.0.0.1.example",
        ] {
            assert!(Address::read(bad).is_err(), "{bad}");
        }
    }
}
