//! Coordinates of the sample: invented points in the hills of the region, the same in every run.
//!
//! Nothing is drawn by chance here, so that the people of a seed stay who they were.

use domain::Decimal;

/// Middle of the invented commune.
const MIDDLE: (f64, f64) = (20.6100, 105.2350);
/// Turn between one point and the next: points of a spiral lie nowhere on top of each other.
const TURN: f64 = 2.399_963;

/// Latitude and longitude of the village in this place of the list.
pub(crate) fn village(place: usize, villages: usize) -> (Option<Decimal>, Option<Decimal>) {
    let (north, east) = middle_of(place, villages);
    written(north, east)
}

/// Latitude and longitude of a household of a village: two in five have been visited with a telephone.
pub(crate) fn household(number: usize, village: usize, villages: usize) -> (Option<Decimal>, Option<Decimal>) {
    if number % 5 > 1 {
        return (None, None);
    }
    let (north, east) = middle_of(village, villages);
    let (far, angle) = (0.0005 + 0.0065 * fraction(number * 7 + 3), TURN * number as f64);
    written(north + far * angle.sin(), east + far * angle.cos())
}

fn middle_of(place: usize, villages: usize) -> (f64, f64) {
    let far = 0.052 * ((place as f64 + 0.6) / villages.max(1) as f64).sqrt();
    let angle = TURN * place as f64 + 0.4;
    // A valley is longer than it is wide.
    (MIDDLE.0 + 0.75 * far * angle.sin(), MIDDLE.1 + 1.25 * far * angle.cos())
}

/// A number between 0 and 1 that jumps about.
fn fraction(number: usize) -> f64 {
    (number as f64 * 0.618_034).fract()
}

fn written(north: f64, east: f64) -> (Option<Decimal>, Option<Decimal>) {
    (Decimal::parse(&format!("{north:.5}")), Decimal::parse(&format!("{east:.5}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_lie_apart_and_households_near_theirs() {
        let points: Vec<(f64, f64)> = (0..12).map(|place| middle_of(place, 12)).collect();
        for (at, one) in points.iter().enumerate() {
            for other in points.iter().skip(at + 1) {
                assert!((one.0 - other.0).hypot(one.1 - other.1) > 0.008, "{one:?} and {other:?} are one village");
            }
        }
        assert_eq!(household(2, 0, 12), (None, None));
        let (north, _) = household(5, 0, 12);
        assert!(north.is_some_and(|north| (north.to_f64() - points[0].0).abs() < 0.01));
    }
}
