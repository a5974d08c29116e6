//! Chance that can be repeated: the seed is printed, and the same seed gives the same run.

use std::hash::{BuildHasher, RandomState};

/// A small generator (xorshift64*); for choosing moments, never for secrets.
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    /// From a seed; zero stands for a fixed one, since the generator cannot leave zero.
    pub fn from_seed(seed: u64) -> Chance {
        Chance(if seed == 0 { 0x9e37_79b9_7f4a_7c15 } else { seed })
    }

    /// A seed nobody chose.
    pub fn seed() -> u64 {
        RandomState::new().hash_one("reeve") >> 16
    }

    /// The next number below `limit`, which must not be zero.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) % limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_over_the_whole_range() {
        let draw = |seed| {
            let mut chance = Chance::from_seed(seed);
            (0..200).map(|_| chance.below(10)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert!((0..10).all(|number| draw(7).contains(&number)));
    }
}
