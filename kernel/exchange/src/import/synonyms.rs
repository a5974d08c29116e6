//! Names that other programs give to the fields that many registers have.

/// Other names of a field, by its key; compared without spaces, marks and case.
pub(super) fn words_for(key: &str) -> &'static [&'static str] {
    WORDS.iter().find(|(field, _)| *field == key).map_or(&[], |(_, words)| words)
}

const WORDS: &[(&str, &[&str])] = &[
    ("assignee", &["assigned to", "owner", "agent", "technician", "handler"]),
    ("category", &["type", "classification"]),
    ("closed_at", &["closed", "closed on", "close time", "closing date"]),
    ("cost", &["price", "amount", "value"]),
    ("description", &["details", "body", "text", "long description", "comment", "comments", "notes"]),
    ("email", &["mail", "e-mail address", "email address", "primary email", "user principal name", "upn"]),
    ("ends_on", &["end", "end date", "until", "valid to", "expires", "expiry", "expiry date"]),
    ("impact", &["business impact"]),
    ("job_title", &["title", "position", "function"]),
    ("kind", &["type", "category", "class"]),
    ("language", &["locale", "preferred language"]),
    ("manager", &["supervisor", "reports to", "boss", "line manager"]),
    ("name", &["full name", "display name", "title", "person", "company", "person name"]),
    ("opened_at", &["opened", "opened on", "created", "created on", "open time", "reported", "reported on", "start time"]),
    ("owner", &["responsible", "accountable", "owned by"]),
    ("phone", &["telephone", "mobile", "mobile phone", "telephone number", "tel"]),
    ("priority", &["severity", "prio"]),
    ("requester", &["caller", "reported by", "reporter", "customer", "opened by", "requested for"]),
    ("resolved_at", &["resolved", "resolved on", "solved", "solved at", "resolve time"]),
    ("roles", &["role", "user role", "user roles", "permissions", "rights"]),
    ("serial_number", &["serial", "serial no", "sn"]),
    ("service", &["business service", "affected service"]),
    ("site", &["location", "office", "building", "city"]),
    ("starts_on", &["start", "start date", "from", "valid from", "begin"]),
    ("summary", &["short description", "subject", "title", "headline"]),
    ("team", &["assignment group", "group", "support group", "queue", "resolver group"]),
    ("urgency", &["business urgency"]),
    ("vendor", &["supplier", "manufacturer", "provider"]),
    ("website", &["url", "homepage", "web", "web site"]),
    ("zone", &["timezone", "tz"]),
];
