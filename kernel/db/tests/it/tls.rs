//! PostgreSQL over encrypted connections, with certificates that are right and wrong.

use db::{Database, Error, Options, Source};
use testing::Server;

/// A certificate authority's certificate in a file, and a server's certificate and key that it signed.
struct Papers {
    authority: std::path::PathBuf,
    certificate: String,
    key: String,
}

impl Drop for Papers {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.authority);
    }
}

fn papers(name: &str) -> Papers {
    let authority_key = rcgen::KeyPair::generate().expect("a key");
    let mut of_authority = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    of_authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let certificate = of_authority.self_signed(&authority_key).expect("a certificate").pem();
    let issuer = rcgen::Issuer::new(of_authority, authority_key);
    let key = rcgen::KeyPair::generate().expect("a key");
    let server = rcgen::CertificateParams::new(vec![name.to_owned()]).expect("parameters").signed_by(&key, &issuer).expect("a certificate");
    let authority = std::env::temp_dir().join(format!("reeve-authority-{}-{}.pem", std::process::id(), name.replace('.', "-")));
    std::fs::write(&authority, certificate).expect("a file");
    Papers { authority, certificate: server.pem(), key: key.serialize_pem() }
}

/// Whether the connection is encrypted, as the server says.
fn encrypted(address: &str) -> db::Result<bool> {
    let db = Database::open(&Source::Postgres(address.into()), Options::default())?;
    db.read_wait(|tx| Ok::<_, Error>(tx.one("SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[])?.int(0)? == 1))
}

#[test]
fn a_connection_is_encrypted_and_whoever_answers_must_show_who_they_are() {
    let own = papers("127.0.0.1");
    let Some(server) = Server::encrypted(&own.certificate, &own.key) else { return };
    let with = |words: String| encrypted(&format!("{}?{words}", server.address()));
    let (trusted, foreign) = (own.authority.display().to_string(), papers("elsewhere.example"));
    assert_eq!(encrypted(server.address()), Ok(true), "encrypted without being asked");
    assert_eq!(with("sslmode=require".into()), Ok(true));
    assert_eq!(with(format!("sslmode=verify-full&sslrootcert={trusted}")), Ok(true));
    assert!(with(format!("sslmode=verify-full&sslrootcert={}", foreign.authority.display())).is_err(), "signed by somebody else");
    assert!(with("sslmode=verify-full".into()).is_err(), "the machine does not know the authority");
    assert!(with("sslmode=disable".into()).is_err(), "the server takes nothing in the open");
}

#[test]
fn a_certificate_of_another_name_is_refused() {
    let other = papers("elsewhere.example");
    let Some(server) = Server::encrypted(&other.certificate, &other.key) else { return };
    let with = |mode: &str| encrypted(&format!("{}?sslmode={mode}&sslrootcert={}", server.address(), other.authority.display()));
    let why = with("verify-full").expect_err("the name is another").to_string();
    assert!(why.contains("certificate"), "it says why: {why}");
}
