//! Which column each box stands in: its layer's, and within the layer as far right as the edges inside the layer lead.

/// The column of each box, and the first column of each layer that has boxes.
pub(super) fn columns(layers: &[usize], edges: &[(usize, usize)]) -> (Vec<usize>, Vec<(usize, usize)>) {
    let inner: Vec<(usize, usize)> = edges.iter().copied().filter(|(from, to)| from != to && layers[*from] == layers[*to]).collect();
    let depths = depths(layers.len(), &without_circles(layers.len(), &inner));
    let last = layers.iter().max().map_or(0, |it| it + 1);
    let mut widths = vec![0; last];
    for (layer, depth) in layers.iter().zip(&depths) {
        widths[*layer] = widths[*layer].max(depth + 1);
    }
    let mut first = Vec::with_capacity(last);
    let mut at = 0;
    for width in &widths {
        first.push(at);
        at += width;
    }
    let of_layer = (0..last).filter(|layer| widths[*layer] > 0).map(|layer| (layer, first[layer])).collect();
    (layers.iter().zip(&depths).map(|(layer, depth)| first[*layer] + depth).collect(), of_layer)
}

/// The edges with those turned round that close a circle, found by walking depth first.
fn without_circles(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut out = vec![Vec::new(); count];
    for (place, (from, _)) in edges.iter().enumerate() {
        out[*from].push(place);
    }
    let (mut seen, mut straight) = (vec![Seen::Not; count], edges.to_vec());
    for start in 0..count {
        let mut walk = vec![(start, 0)];
        if seen[start] != Seen::Not {
            continue;
        }
        seen[start] = Seen::Open;
        while let Some((at, next)) = walk.last_mut() {
            let Some(place) = out[*at].get(*next) else {
                seen[*at] = Seen::Done;
                walk.pop();
                continue;
            };
            *next += 1;
            let (from, to) = edges[*place];
            match seen[to] {
                Seen::Open => straight[*place] = (to, from),
                Seen::Not => {
                    seen[to] = Seen::Open;
                    walk.push((to, 0));
                }
                Seen::Done => {}
            }
        }
    }
    straight
}

/// The longest way to each box along edges without circles (Kahn's order).
fn depths(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let (mut out, mut missing, mut depths) = (vec![Vec::new(); count], vec![0; count], vec![0; count]);
    for (from, to) in edges {
        out[*from].push(*to);
        missing[*to] += 1;
    }
    let mut ready: Vec<usize> = (0..count).filter(|it| missing[*it] == 0).collect();
    while let Some(at) = ready.pop() {
        for to in &out[at] {
            depths[*to] = depths[*to].max(depths[at] + 1);
            missing[*to] -= 1;
            if missing[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    depths
}
