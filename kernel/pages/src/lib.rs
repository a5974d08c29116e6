//! The pages that the engine gives to every register, made from its description alone. All of them work as plain links
//! and forms; a script only makes them quicker.
//!
//! | address | is |
//! |---|---|
//! | `/{kind}` | list: filters, facets, order, columns, views, bulk |
//! | `/{kind}/new`, `/{kind}/{REF}/edit`, `/{kind}/{REF}/edit/{field}` | forms, with drafts and merging |
//! | `/{kind}/{REF}`, `…/history`, `…/links` | a record, its history, where it is used |
//! | `/{kind}/{REF}/files` | its files, and adding some |
//! | `/{kind}/{REF}/share` | whom it is shared with |
//! | `/{kind}/{REF}/{verb}`, `…/retire`, `…/undo`, `…/redact` | what can be done to it |
//! | `/{kind}/bulk`, `/{kind}/bulk/undo` | the same to many |
//! | `/{kind}/views` | saved views |
//! | `/{kind}/filter`, `/{kind}/columns` | what the menus of a list hold |
//! | `/{kind}/exports` | which forms of the list there are |
//! | `/{kind}/export.csv`, `.jsonl`, `.xlsx`, `.parquet` | the list as a file |
//! | `/{kind}/import` | bringing in a file |
//! | `/search`, `/search/suggest`, `/lookup/{kind}` | finding |
//! | `/do`, `/keys` | everything one can do and go to; the keys |
//! | `/notifications` | what happened to what concerns one, and what one did lately |
//! | `/draft/{place}` | what is being typed |
//! | `/settings`, `/settings/fields/{kind}`, `/settings/fields/{kind}/{key}` | settings, fields the organisation adds, one of them |

mod address;
mod bulk;
mod detail;
pub mod draft;
mod export;
mod form;
mod history;
mod import;
mod keys;
mod list;
pub mod live;
mod lookup;
mod notices;
mod palette;
mod places;
mod redact;
mod route;
mod search;
mod settings;
mod shown;
mod typed;
mod verb;
mod view;

pub use address::{Address, own_path};
pub use detail::files::section as files_section;
pub use detail::why::{access, computed, explanation};
pub use detail::{more, panels};
pub use form::field::draw as drawn_field;
pub use history::list as history_list;
pub use list::asked::ROWS;
pub use list::menu::sheet as menu_sheet;
pub use list::{adding_filter, canonical, export_menu, filter_label};
pub use places::{Place, may, places};
pub use route::{handle_get, handle_post};
pub use verb::button as verb_button;
pub use view::{Saved, save_menu as save_view, saved as saved_views};

pub use bulk::{offer as bulk_offer, offered as bulk_offered};
pub use shown::{Shown, exact, href, money, money_short, record_href, state, when};
pub use typed::{reference as reference_in, sent as sent_texts, values as sent_values};
pub use view::keep_for_everyone;

/// An explanation as pages show it, for the pages and panels of practices.
pub fn explained(of: &kernel::explain::Explanation) -> maud::Markup {
    maud::Render::render(&detail::why::steps(of, maud::html! {}))
}

/// The setting that opens the gallery of components.
pub const GALLERY: &str = "pages.gallery";

/// What the pages bring to the house besides pages: the jobs that do a verb to many and import files. It stands in the list of practices.
pub const PRACTICE: kernel::describe::Practice = kernel::describe::Practice {
    key: "pages",
    about: "The pages that every register has.",
    jobs: &[bulk::job::KIND, import::KIND],
    notices: &[kernel::notice::GIVEN],
    settings: &[kernel::describe::Setting {
        key: GALLERY,
        field: kernel::describe::bool("gallery", "Gallery of components")
            .preset("false")
            .help("At /ui, for people who build pages: every component in every state."),
    }],
    ..kernel::describe::Practice::PLAIN
};
