//! Recomputes the table of contrasts (WCAG 2.2) from the tokens: text at least 4.5:1, edges and chart marks at least 3:1, in both themes.

const TOKENS: &str = include_str!("../../../web/styles/tokens.css");

const PAPERS: [&str; 4] = ["paper", "paper-raised", "paper-sunk", "paper-cursor"];
const INKS: [&str; 8] = ["ink", "ink-2", "ink-3", "accent", "bad", "warn", "good", "info"];
const PAIRS: [(&str, &str); 14] = [
    ("accent", "accent-soft"),
    ("bad", "bad-soft"),
    ("warn", "warn-soft"),
    ("good", "good-soft"),
    ("info", "info-soft"),
    ("inner", "inner-soft"),
    ("ink", "inner-soft"),
    ("ink-2", "inner-soft"),
    ("ink-3", "inner-soft"),
    ("on-bad-fill", "bad-fill"),
    ("on-accent", "accent"),
    ("on-accent", "accent-2"),
    ("paper", "ink"),
    ("on-heat-4", "heat-4"),
];
const MARKS: [&str; 5] = ["edge", "chart-1", "chart-2", "chart-3", "chart-4"];

/// The colour of a token in the light (0) or dark (1) theme.
fn colour(name: &str, theme: usize) -> [f64; 3] {
    let start = TOKENS.find(&format!("--{name}: light-dark(")).unwrap_or_else(|| panic!("no token --{name}"));
    let values = &TOKENS[start..];
    let values = &values[values.find('(').expect("opens") + 1..values.find(");").expect("closes")];
    let hex = values.split(',').nth(theme).expect("two values").trim().trim_start_matches('#');
    [0, 2, 4].map(|i| f64::from(u8::from_str_radix(&hex[i..i + 2], 16).expect("hex colour")) / 255.0)
}

fn luminance(rgb: [f64; 3]) -> f64 {
    let [r, g, b] = rgb.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: &str, other: &str, theme: usize) -> f64 {
    let (a, b) = (luminance(colour(one, theme)), luminance(colour(other, theme)));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Both themes of a pair as a line of the table, and whether both reach the least.
fn line(one: &str, other: &str, least: f64) -> (String, bool) {
    let [light, dark] = [0, 1].map(|theme| contrast(one, other, theme));
    (format!("{one} on {other}: {light:.1} / {dark:.1} (at least {least})"), light >= least && dark >= least)
}

#[test]
fn the_formula_agrees_with_known_values() {
    let [white, black, grey] = [[1.0; 3], [0.0; 3], [119.0 / 255.0; 3]].map(luminance);
    assert!(((white + 0.05) / (black + 0.05) - 21.0).abs() < 1e-9);
    assert!(((white + 0.05) / (grey + 0.05) - 4.48).abs() < 0.01);
}

#[test]
fn every_pairing_is_readable() {
    let text = PAPERS.iter().flat_map(|paper| INKS.map(|ink| line(ink, paper, 4.5)));
    let pairs = PAIRS.iter().map(|(one, other)| line(one, other, 4.5));
    let heat = (0..4).map(|level| line("on-heat", &format!("heat-{level}"), 4.5));
    let marks = MARKS.iter().map(|mark| line(mark, "paper", 3.0));
    let edges = ["paper-raised", "paper-sunk"].map(|paper| line("edge", paper, 3.0));
    let all: Vec<_> = text.chain(pairs).chain(heat).chain(marks).chain(edges).collect();
    for (text, _) in &all {
        println!("{text}");
    }
    let low: Vec<_> = all.iter().filter(|(_, enough)| !enough).map(|(text, _)| text).collect();
    assert!(low.is_empty(), "too faint: {low:#?}");
}

/// Raw colours stand only in the tokens.
#[test]
fn no_other_style_names_a_colour() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/styles");
    for entry in std::fs::read_dir(folder).expect("styles").flatten() {
        let name = entry.file_name().into_string().expect("name");
        if name == "tokens.css" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("style");
        for (number, line) in text.lines().enumerate() {
            let raw = line.match_indices('#').any(|(at, _)| {
                let value = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
                matches!(value, 3 | 6 | 8) && line[..at].trim_end().ends_with(':')
            });
            assert!(!raw, "{name}:{}: {line}", number + 1);
        }
    }
}
