//! What each command does. Results go to stdout, everything else to stderr.

pub mod attachments;
pub mod backup;
pub mod docs;
pub mod doctor;
pub mod draft;
pub mod exchange;
pub mod init;
pub mod serve;
pub mod verify;
