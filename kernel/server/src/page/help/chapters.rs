//! What the guide is made of: the pages and pictures of `docs/guide`, in the binary.

/// A page of the guide.
pub(super) struct Chapter {
    /// Last part of its path.
    pub key: &'static str,
    /// One line for the list.
    pub for_whom: &'static str,
    /// The text.
    pub text: &'static str,
}

/// The pages, in the order in which most people need them.
pub(super) const CHAPTERS: &[Chapter] = &[
    Chapter {
        key: "requester",
        for_whom: "For everybody who needs something from the desk.",
        text: include_str!("../../../../../docs/guide/requester.md"),
    },
    Chapter {
        key: "agent",
        for_whom: "For whoever answers incidents and requests.",
        text: include_str!("../../../../../docs/guide/agent.md"),
    },
    Chapter {
        key: "manager",
        for_whom: "For whoever answers for a team, a service or a promise.",
        text: include_str!("../../../../../docs/guide/manager.md"),
    },
    Chapter {
        key: "administrator",
        for_whom: "For whoever runs the house.",
        text: include_str!("../../../../../docs/guide/administrator.md"),
    },
];

/// Name, address and bytes of a picture.
type Embedded = (&'static str, &'static str, &'static [u8]);

/// A picture by its name.
macro_rules! picture {
    ($name:literal) => {
        ($name, concat!("/help/pictures/", $name), include_bytes!(concat!("../../../../../docs/guide/pictures/", $name)) as &[u8])
    };
}

/// The pictures; `cargo x guide` takes them.
pub(super) const PICTURES: &[Embedded] = &[
    picture!("portal.webp"),
    picture!("queue.webp"),
    picture!("ticket.webp"),
    picture!("why.webp"),
    picture!("today.webp"),
    picture!("dashboard.webp"),
    picture!("service.webp"),
    picture!("first-hour.webp"),
    picture!("role.webp"),
];
