//! `reeve serve` and `reeve demo`.

use std::net::SocketAddr;

/// Where it listens unless told otherwise.
pub const DEFAULT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7333);
