//! gallery
/// g
pub fn page() -> crate::Markup {
    crate::html! {}
}
