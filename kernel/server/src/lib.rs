//! The server: HTTP, sessions, sign-in, the router and the API, all from the tables.
