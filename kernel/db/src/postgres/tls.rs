//! Encrypted connections: what the address asks for, and what the server's certificate must show.
//!
//! The words are those of PostgreSQL's own library (`sslmode`, `sslrootcert`, `sslcert`, `sslkey`). As there, `prefer` and `require` encrypt
//! without asking who answers, unless `sslrootcert` says whom to trust; `verify-ca` is as strict as `verify-full` here.

use std::path::Path;
use std::sync::Arc;

use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{Error, Result};

/// How connections are encrypted.
#[derive(Clone)]
pub(super) struct Tls {
    mode: SslMode,
    connector: Option<MakeRustlsConnect>,
}

/// What the address says about encryption.
#[derive(Default)]
struct Asked {
    mode: Option<String>,
    roots: Option<String>,
    certificate: Option<String>,
    key: Option<String>,
}

impl Tls {
    /// Reads what the address asks for, and gives the address without it, as the driver understands it.
    pub(super) fn of(address: &str) -> Result<(String, Tls)> {
        let (address, asked) = taken_out(address)?;
        let mode = asked.mode.as_deref().unwrap_or("prefer");
        let (mode, verified) = match mode {
            "disable" => return Ok((address, Tls { mode: SslMode::Disable, connector: None })),
            "allow" | "prefer" => (SslMode::Prefer, asked.roots.is_some()),
            "require" => (SslMode::Require, asked.roots.is_some()),
            "verify-ca" | "verify-full" => (SslMode::Require, true),
            other => {
                let known = "disable, prefer, require, verify-full";
                return Err(Error::Refused(format!("sslmode in the database's address is {other}; it must be one of {known}")));
            }
        };
        let connector = MakeRustlsConnect::new(client(&asked, verified)?);
        Ok((address, Tls { mode, connector: Some(connector) }))
    }

    /// Tells the driver whether encryption is wanted or demanded.
    pub(super) fn demand(&self, config: &mut Config) {
        config.ssl_mode(self.mode);
    }

    /// Connects.
    pub(super) fn connect(&self, config: &Config) -> std::result::Result<Client, postgres::Error> {
        match &self.connector {
            Some(connector) => config.connect(connector.clone()),
            None => config.connect(NoTls),
        }
    }
}

/// The address without the parameters that speak of encryption, and those.
fn taken_out(address: &str) -> Result<(String, Asked)> {
    let Some((path, query)) = address.split_once('?') else { return Ok((address.to_owned(), Asked::default())) };
    let mut asked = Asked::default();
    let mut rest = Vec::new();
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let place = match key {
            "sslmode" => &mut asked.mode,
            "sslrootcert" => &mut asked.roots,
            "sslcert" => &mut asked.certificate,
            "sslkey" => &mut asked.key,
            _ => {
                rest.push(pair);
                continue;
            }
        };
        *place = Some(plain(value)?);
    }
    if asked.certificate.is_some() != asked.key.is_some() {
        return Err(Error::Refused("the database's address names one of sslcert and sslkey; it needs both".into()));
    }
    let address = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    Ok((address, asked))
}

/// A value without its percent signs.
fn plain(value: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let coded = (first == b'%').then(|| after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()));
        match coded {
            None => (bytes.push(first), rest = after).1,
            Some(Some(byte)) => (bytes.push(byte), rest = &after[2..]).1,
            Some(None) => return Err(Error::Refused(format!("{value} in the database's address has a percent sign that codes nothing"))),
        }
    }
    String::from_utf8(bytes).map_err(|_| Error::Refused(format!("{value} in the database's address is not UTF-8")))
}

fn client(asked: &Asked, verified: bool) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions().map_err(refused)?;
    let verifier: Arc<dyn ServerCertVerifier> = if verified {
        let roots = Arc::new(roots(asked.roots.as_deref())?);
        WebPkiServerVerifier::builder_with_provider(roots, provider).build().map_err(refused)?
    } else {
        Arc::new(Anyone(provider))
    };
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    match (&asked.certificate, &asked.key) {
        (Some(certificate), Some(key)) => {
            let key = PrivateKeyDer::from_pem_file(key).map_err(|why| unread(key, &why))?;
            builder.with_client_auth_cert(certificates(certificate)?, key).map_err(refused)
        }
        _ => Ok(builder.with_no_client_auth()),
    }
}

/// Whom to trust: the file's certificates, or the machine's.
fn roots(file: Option<&str>) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    let (found, place) = match file {
        Some(file) => (certificates(file)?, file),
        None => (rustls_native_certs::load_native_certs().certs, "the system's store"),
    };
    store.add_parsable_certificates(found);
    if store.is_empty() {
        return Err(Error::Refused(format!("there is no certificate to trust in {place}; name one with sslrootcert")));
    }
    Ok(store)
}

fn certificates(file: &str) -> Result<Vec<CertificateDer<'static>>> {
    let all = CertificateDer::pem_file_iter(Path::new(file)).map_err(|why| unread(file, &why))?;
    all.collect::<std::result::Result<_, _>>().map_err(|why| unread(file, &why))
}

fn unread(file: &str, why: &dyn std::fmt::Display) -> Error {
    Error::Refused(format!("{file}, named in the database's address, cannot be read: {why}"))
}

fn refused(why: impl std::fmt::Display) -> Error {
    Error::Refused(format!("encryption of connections cannot be set up: {why}"))
}

/// Trusts whoever answers, and still checks that they hold the key they show.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_of_encryption_is_taken_out_of_the_address() {
        let (address, asked) = taken_out("postgres://a@b/c?sslmode=verify-full&connect_timeout=3&sslrootcert=%2Fetc%2Fca.pem").unwrap();
        assert_eq!(address, "postgres://a@b/c?connect_timeout=3");
        assert_eq!((asked.mode.as_deref(), asked.roots.as_deref()), (Some("verify-full"), Some("/etc/ca.pem")));
        assert_eq!(taken_out("postgres://a@b/c?sslmode=require").unwrap().0, "postgres://a@b/c");
        assert!(Tls::of("postgres://a@b/c?sslmode=perhaps").is_err());
        assert!(Tls::of("postgres://a@b/c?sslcert=x").is_err());
        assert!(Tls::of("postgres://a@b/c?sslmode=verify-full&sslrootcert=/no/such/file").is_err());
        assert!(taken_out("postgres://a@b/c?sslmode=%zz").is_err());
    }
}
