//! Scenes made by code: walls, floors and corridors with things in them, light from somewhere, texture and noise.

use image::{Rgb, RgbImage};

/// Numbers that look random and are the same in every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of(seed: u32) -> Self {
        Self(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 32) as u32) % limit.max(1)
    }

    fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.below(10_000) as f32 / 10_000.0
    }

    fn color(&mut self, from: f32, to: f32) -> [f32; 3] {
        let grey = self.between(from, to);
        std::array::from_fn(|_| grey + self.between(-40.0, 40.0))
    }
}

enum Shape {
    Box,
    Disc,
    Slope(f32),
}

struct Thing {
    shape: Shape,
    /// Centre and half extent, in parts of the picture.
    x: f32,
    y: f32,
    wide: f32,
    high: f32,
    color: [f32; 3],
}

impl Thing {
    fn any(chance: &mut Chance) -> Self {
        let shape = match chance.below(10) {
            0..6 => Shape::Box,
            6..8 => Shape::Disc,
            _ => Shape::Slope(chance.between(-1.0, 1.0)),
        };
        Self {
            shape,
            x: chance.between(0.0, 1.0),
            y: chance.between(0.0, 1.0),
            wide: chance.between(0.015, 0.15),
            high: chance.between(0.015, 0.18),
            color: chance.color(20.0, 235.0),
        }
    }

    fn covers(&self, u: f32, v: f32) -> bool {
        let (x, y) = ((u - self.x) / self.wide, (v - self.y) / self.high);
        match self.shape {
            Shape::Box => x.abs() < 1.0 && y.abs() < 1.0,
            Shape::Disc => x.hypot(y) < 1.0,
            Shape::Slope(slope) => x.abs() < 1.0 && (y - slope * x).abs() < 0.7,
        }
    }
}

/// The scene of this number: 480 × 360 pixels.
pub(crate) fn room(number: u32) -> RgbImage {
    let chance = &mut Chance::of(number + 1);
    let horizon = chance.between(0.55, 0.9);
    let (wall, floor) = (chance.color(110.0, 235.0), chance.color(50.0, 170.0));
    // Every third scene is a corridor: a far wall, and four planes that run to it.
    let corridor = number.is_multiple_of(3);
    let (far_x, far_y, far) = (chance.between(0.3, 0.7), chance.between(0.3, 0.6), chance.between(0.1, 0.3));
    let planes: [[f32; 3]; 4] = std::array::from_fn(|_| chance.color(70.0, 240.0));
    let things: Vec<Thing> = (0..2 + chance.below(13)).map(|_| Thing::any(chance)).collect();
    // Light falls in from a side, and in slow waves.
    let (light_x, light_y) = (chance.between(-50.0, 50.0), chance.between(-50.0, 50.0));
    let waves: [[f32; 4]; 6] = std::array::from_fn(|_| {
        [
            chance.between(-14.0, 14.0),
            chance.between(-14.0, 14.0),
            chance.between(0.0, 6.3),
            chance.between(0.0, 7.0),
        ]
    });
    let noise = chance.between(2.0, 12.0);
    RgbImage::from_fn(480, 360, |x, y| {
        let (u, v) = (x as f32 / 480.0, y as f32 / 360.0);
        let (du, dv) = (u - far_x, v - far_y);
        let ground = if !corridor {
            if v < horizon { wall } else { floor }
        } else if du.abs().max(dv.abs()) < far {
            wall
        } else {
            planes[usize::from(du.abs() > dv.abs()) * 2
                + usize::from(if du.abs() > dv.abs() { du > 0.0 } else { dv > 0.0 })]
        };
        let color = things.iter().rev().find(|thing| thing.covers(u, v)).map_or(ground, |thing| thing.color);
        let waves: f32 =
            waves.iter().map(|[a, b, phase, height]| (u * a + v * b + phase).sin() * height).sum();
        let light = light_x * (u - 0.5) + light_y * (v - 0.5) + waves + (chance.between(-1.0, 1.0)) * noise;
        Rgb(color.map(|sample| (sample + light).clamp(0.0, 255.0) as u8))
    })
}
