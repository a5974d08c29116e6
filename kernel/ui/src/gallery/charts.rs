//! Figures and charts.

use crate::chart::{Bar, Bars, Bin, Cell, Control, Heat, Histogram, Phase, Point, Table};
use crate::figure::{Figure, figures};
use crate::head::block;
use crate::marks::Tone;
use crate::{Markup, html};

pub(super) fn section() -> Markup {
    html! {
        (block("Figures", "number, unit, definition, records", &html! {}, &figures(&numbers())))
        (block("Charts", "the finding is the label, the figures stand behind", &html! {}, &html! { div.cols-2 { (control()) (histogram()) (bars()) (heat()) } }))
    }
}

fn numbers() -> Vec<Figure> {
    let figure = |value: &str, unit: &str, label: &str, tone| Figure {
        value: value.into(),
        unit: unit.into(),
        label: label.into(),
        definition: "Opened in the last 7 days, without requests".into(),
        href: Some("#".into()),
        tone,
    };
    vec![
        figure("164", "", "incidents opened, 7 days", Tone::Plain),
        figure("93.4", "%", "resolved in time, 30 days", Tone::Good),
        figure("3 h 22", "min", "to resolve, median", Tone::Plain),
        figure("27", "", "waiting longer than 14 days", Tone::Bad),
    ]
}

fn table(heads: [&str; 2], rows: &[(String, String)]) -> Table {
    Table {
        heads: heads.map(String::from).to_vec(),
        rows: rows.iter().map(|(a, b)| vec![a.clone(), b.clone()]).collect(),
        csv: Some("#".into()),
    }
}

fn control() -> Control {
    let values = [92.0, 94.0, 93.0, 95.0, 91.0, 84.0, 93.0, 94.0, 95.0, 96.0];
    let points: Vec<Point> = values
        .iter()
        .enumerate()
        .map(|(i, value)| Point {
            label: format!("wk {}", 38 + i),
            value: *value,
            shown: format!("{value} %"),
            href: Some("#".into()),
            outside: *value < 88.0,
        })
        .collect();
    let rows: Vec<_> = points.iter().map(|p| (p.label.clone(), p.shown.clone())).collect();
    Control {
        finding: "Attainment by week: one week, 43, fell outside what chance explains; 96 % now.".into(),
        caption: "Resolved in time, by week".into(),
        points,
        phases: vec![
            Phase { from: 0, until: 6, band: Some((87.0, 98.0)), mean: 92.7, label: "mean 92.7".into() },
            Phase { from: 6, until: 10, band: Some((91.0, 98.0)), mean: 94.5, label: "mean 94.5 since week 44".into() },
        ],
        goal: Some((95.0, "goal 95".into())),
        table: table(["Week", "In time"], &rows),
    }
}

fn histogram() -> Histogram {
    let counts = [2.0, 3.0, 5.0, 9.0, 14.0, 22.0, 30.0, 21.0, 8.0, 2.0];
    let bins: Vec<Bin> =
        counts.iter().enumerate().map(|(i, count)| Bin { label: format!("{} h", i * 4), count: *count, kept: i < 6, href: None }).collect();
    let rows: Vec<_> = bins.iter().map(|b| (b.label.clone(), b.count.to_string())).collect();
    Histogram {
        finding: "Time to resolve: 47 % within 24 hours, 53 % later.".into(),
        caption: "Incidents by hours to resolve".into(),
        bins,
        goal: Some((6, "promise 24 h".into())),
        shares: Some(("47 % in time".into(), "53 % later".into())),
        table: table(["From", "Incidents"], &rows),
    }
}

fn bars() -> Bars {
    let bar = |label: &str, value: f64| Bar {
        label: label.into(),
        value,
        shown: crate::format::decimal(value, 0),
        href: Some("#".into()),
        mute: false,
    };
    let bars = vec![
        bar("Integration", 34.0),
        bar("Yard Systems", 21.0),
        bar("Netzwerk- und Fernmeldebetrieb", -6.0),
        Bar { mute: true, ..bar("Others", 12.0) },
    ];
    let rows: Vec<_> = bars.iter().map(|b| (b.label.clone(), b.shown.clone())).collect();
    Bars {
        finding: "Change of backlog by team: Integration grew most.".into(),
        caption: "Backlog, change in 30 days".into(),
        bars,
        table: table(["Team", "Change"], &rows),
    }
}

fn heat() -> Heat {
    let names = ["almost certain", "likely", "possible"];
    let row = |r: usize| {
        (0..5)
            .map(|c| Cell {
                count: ((r + c) % 4) as u64,
                heat: ((c + 4 - r) / 2).min(4) as u8,
                href: "#".into(),
                label: format!("risks, likelihood {}, impact {}", 5 - r, c + 1),
                on: (r, c) == (1, 4),
            })
            .collect()
    };
    Heat {
        caption: "Open risks by likelihood and impact".into(),
        columns: ["slight", "minor", "medium", "major", "severe"].map(String::from).to_vec(),
        rows: names.iter().enumerate().map(|(r, name)| (name.to_string(), row(r))).collect(),
    }
}
