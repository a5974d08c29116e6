//! The layers of the graph, and which sort of thing stands in which.

/// A layer, from what is outside the house to what the house is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Vendors, and what they run.
    Outside,
    /// Machines, networks, stores and places.
    Infrastructure,
    /// What runs on them and carries services.
    Components,
    /// What people get.
    Services,
    /// What the house earns its living with.
    Processes,
}

impl Layer {
    /// All of them, from left to right.
    pub const ALL: [Layer; 5] = [Layer::Outside, Layer::Infrastructure, Layer::Components, Layer::Services, Layer::Processes];

    /// Its name above its columns.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Outside => "Outside",
            Layer::Infrastructure => "Infrastructure",
            Layer::Components => "Components",
            Layer::Services => "Services",
            Layer::Processes => "Business processes",
        }
    }

    /// Where a record of a register stands, by its kind.
    pub fn of(register: &str, kind: &str) -> Layer {
        match (register, kind) {
            ("vendors" | "contracts", _) | ("configuration-items", "outside") => Layer::Outside,
            ("services", "business-process") => Layer::Processes,
            ("services", _) => Layer::Services,
            ("configuration-items", "application" | "container" | "virtual-machine" | "endpoint") => Layer::Components,
            ("configuration-items", _) => Layer::Infrastructure,
            _ => Layer::Components,
        }
    }
}
