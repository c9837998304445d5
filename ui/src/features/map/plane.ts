// The earth laid flat: degrees to pixels, what of it is seen, and where names find room. No tiles: points are all there is.
import type { Coordinates } from '$bindings/commands';

export interface Point {
  x: number;
  y: number;
}

/** What of the plane is seen: how many times enlarged, and where its origin lies. */
export interface Look extends Point {
  times: number;
}

export const everything: Look = { times: 1, x: 0, y: 0 };
const MOST = 60;
const MARGIN = 48;
const KM_A_DEGREE = 111.32;
/** A single point is shown with about a kilometre around it. */
const LEAST_DEGREES = 0.01;

export interface Plane {
  /** Where a place lies, in pixels before it is enlarged. */
  place: (at: Coordinates) => Point;
  /** Pixels of a kilometre before it is enlarged. */
  km: number;
}

/** The plane on which all these places fit into `width` by `height` pixels, north up and as wide as it is high. */
export function planeOf(places: Coordinates[], width: number, height: number): Plane {
  const norths = places.map((at) => at.latitude);
  const easts = places.map((at) => at.longitude);
  const middle = (numbers: number[]) => (least(numbers) + most(numbers)) / 2;
  const [north, east] = [middle(norths), middle(easts)];
  const narrow = Math.max(0.01, Math.cos((north * Math.PI) / 180));
  const span = (numbers: number[]) => Math.max(LEAST_DEGREES, most(numbers) - least(numbers));
  const scale = Math.min(
    Math.max(1, width - 2 * MARGIN) / (span(easts) * narrow),
    Math.max(1, height - 2 * MARGIN) / span(norths),
  );
  return {
    place: (at) => ({
      x: width / 2 + (at.longitude - east) * narrow * scale,
      y: height / 2 - (at.latitude - north) * scale,
    }),
    km: scale / KM_A_DEGREE,
  };
}

// Not Math.min(...): a commune has thousands of points.
const least = (numbers: number[]) => numbers.reduce((a, b) => Math.min(a, b), Infinity);
const most = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b), -Infinity);

/** Enlarged `by` as much again, the point `about` staying where it is seen. */
export function enlarged(look: Look, by: number, about: Point): Look {
  const times = Math.min(MOST, Math.max(1, look.times * by));
  if (times === 1) return everything;
  const grown = times / look.times;
  return { times, x: about.x - (about.x - look.x) * grown, y: about.y - (about.y - look.y) * grown };
}

/** Centred on a point of the plane, at least `times` enlarged. */
export function centred(look: Look, on: Point, width: number, height: number, least: number): Look {
  const times = Math.max(look.times, least);
  return { times, x: width / 2 - on.x * times, y: height / 2 - on.y * times };
}

/** A round length that fits into `room` pixels, for the scale: kilometres. */
export function roundKm(pixelsAKm: number, room: number): number {
  const fits = room / pixelsAKm;
  const ten = 10 ** Math.floor(Math.log10(fits));
  return ([5, 2, 1].find((n) => n * ten <= fits) ?? 1) * ten;
}

export interface Name {
  id: string;
  text: string;
  at: Point;
}

export interface PlacedName extends Point {
  anchor: 'start' | 'middle' | 'end';
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const HEIGHT = 18;
const DOT = 7;
const apart = (a: Box, b: Box) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

const around = (at: Point): Box => ({ left: at.x - DOT, right: at.x + DOT, top: at.y - DOT, bottom: at.y + DOT });

function boxOf({ x, y, anchor }: PlacedName, width: number): Box {
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, right: left + width, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 };
}

/**
 * Where each name stands: right of its point, left, above or below, the first place inside `sheet` that touches no name and no
 * point of another; one that covers none of the `dots` either is taken before one that does. Names given first choose first; one
 * that finds no room is left out until the map is enlarged.
 */
export function placeNames(
  names: Name[],
  widthOf: (text: string) => number,
  sheet: { width: number; height: number },
  dots: Point[],
): Map<string, PlacedName> {
  const taken = names.map(({ id, at }) => ({ id, box: around(at) }));
  const covered = dots.map(around);
  const placed = new Map<string, PlacedName>();
  for (const { id, text, at } of names) {
    const width = widthOf(text);
    const choices: PlacedName[] = [
      { x: at.x + DOT + 3, y: at.y, anchor: 'start' },
      { x: at.x - DOT - 3, y: at.y, anchor: 'end' },
      { x: at.x, y: at.y - DOT - HEIGHT / 2, anchor: 'middle' },
      { x: at.x, y: at.y + DOT + HEIGHT / 2, anchor: 'middle' },
    ];
    const free = choices.filter((choice) => {
      const box = boxOf(choice, width);
      const inside = box.left >= 0 && box.top >= 0 && box.right <= sheet.width && box.bottom <= sheet.height;
      return inside && taken.every((other) => other.id === id || apart(other.box, box));
    });
    const best = free.find((choice) => covered.every((dot) => apart(dot, boxOf(choice, width)))) ?? free[0];
    if (!best) continue;
    taken.push({ id: `name ${id}`, box: boxOf(best, width) });
    placed.set(id, best);
  }
  return placed;
}
