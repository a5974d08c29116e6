//! In which order the things of each column stand, so that few edges cross: by the median of their neighbours, to and fro, then
//! by exchanging neighbours, keeping the best found.

use super::layout::Sheet;

/// Sweeps over all columns.
const SWEEPS: usize = 12;

/// Orders the columns.
pub(super) fn order(sheet: &mut Sheet) {
    let mut best = sheet.columns.clone();
    let mut fewest = crossings(sheet);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        by_median(sheet, sweep % 2 == 0);
        exchange(sheet);
        let now = crossings(sheet);
        if now < fewest {
            (fewest, best) = (now, sheet.columns.clone());
        }
    }
    sheet.columns = best;
}

/// How many pairs of edges cross.
pub(super) fn crossings(sheet: &Sheet) -> usize {
    let places = places(sheet);
    sheet.columns.iter().map(|column| between(sheet, column, &places)).sum()
}

fn places(sheet: &Sheet) -> Vec<usize> {
    let mut places = vec![0; sheet.things.len()];
    for column in &sheet.columns {
        for (place, thing) in column.iter().enumerate() {
            places[*thing] = place;
        }
    }
    places
}

/// Crossings to the right of a column: inversions among the far ends, counted with a tree of sums (Barth, Mutzel and Jünger).
fn between(sheet: &Sheet, column: &[usize], places: &[usize]) -> usize {
    let mut ends = Vec::new();
    for thing in column {
        let mut own: Vec<usize> = sheet.after[*thing].iter().map(|it| places[*it]).collect();
        own.sort_unstable();
        ends.extend(own);
    }
    let size = ends.iter().max().map_or(1, |it| it + 2);
    let mut tree = vec![0_usize; size + 1];
    let mut crossings = 0;
    for (before, end) in ends.iter().enumerate() {
        let mut not_beyond = 0;
        let mut at = end + 1;
        while at > 0 {
            not_beyond += tree[at];
            at &= at - 1;
        }
        crossings += before - not_beyond;
        at = end + 1;
        while at <= size {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    crossings
}

fn by_median(sheet: &mut Sheet, rightwards: bool) {
    let mut places = places(sheet);
    let count = sheet.columns.len();
    let visited: Vec<usize> = if rightwards { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
    for column in visited {
        let near = if rightwards { &sheet.before } else { &sheet.after };
        let mut keyed: Vec<(f64, usize, usize)> = sheet.columns[column]
            .iter()
            .map(|thing| {
                (median(near[*thing].iter().map(|it| places[*it]).collect()).unwrap_or(places[*thing] as f64), places[*thing], *thing)
            })
            .collect();
        keyed.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        sheet.columns[column] = keyed.iter().map(|it| it.2).collect();
        for (place, thing) in sheet.columns[column].iter().enumerate() {
            places[*thing] = place;
        }
    }
}

fn median(mut places: Vec<usize>) -> Option<f64> {
    places.sort_unstable();
    let middle = places.len() / 2;
    match places.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(places[middle] as f64),
        _ => Some(f64::midpoint(places[middle - 1] as f64, places[middle] as f64)),
    }
}

/// Exchanges two that stand one above the other wherever that takes crossings away; until it does not, at most as often as
/// there are things.
fn exchange(sheet: &mut Sheet) {
    let mut places = places(sheet);
    for column in 0..sheet.columns.len() {
        let most = sheet.columns[column].len().min(24);
        for _ in 0..most {
            let mut better = false;
            for place in 1..sheet.columns[column].len() {
                let (above, below) = (sheet.columns[column][place - 1], sheet.columns[column][place]);
                if pair(sheet, &places, above, below) > pair(sheet, &places, below, above) {
                    sheet.columns[column].swap(place - 1, place);
                    (places[below], places[above]) = (place - 1, place);
                    better = true;
                }
            }
            if !better {
                break;
            }
        }
    }
}

/// Crossings between the edges of two things if one stands above the other.
fn pair(sheet: &Sheet, places: &[usize], above: usize, below: usize) -> usize {
    let of = |side: &[Vec<usize>]| {
        let high: Vec<usize> = side[above].iter().map(|it| places[*it]).collect();
        side[below].iter().map(|it| high.iter().filter(|other| **other > places[*it]).count()).sum::<usize>()
    };
    of(&sheet.before) + of(&sheet.after)
}
