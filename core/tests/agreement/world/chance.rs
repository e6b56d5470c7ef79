//! Chance by a seed, and how bad the weather is.

/// A generator of pseudo-random numbers (SplitMix64): the same seed, the same world.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(u64::try_from(high - low + 1).unwrap())).unwrap()
    }

    /// True `times` times in a hundred.
    pub(crate) fn percent(&mut self, times: u64) -> bool {
        self.below(100) < times
    }
}

/// How often what goes wrong, in percent.
#[derive(Clone, Copy)]
pub(crate) struct Weather {
    pub(crate) network: u64,
    pub(crate) server: u64,
    pub(crate) crash: u64,
}

impl Weather {
    /// Nothing goes wrong any more.
    pub(crate) const FAIR: Self = Self { network: 0, server: 0, crash: 0 };

    pub(crate) fn of(chance: &mut Chance) -> Self {
        Self { network: chance.below(60), server: chance.below(30), crash: chance.below(15) }
    }
}
