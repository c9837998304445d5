import { expect, test } from 'vitest';
import { centred, enlarged, everything, placeNames, planeOf, roundKm } from './plane';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const wide = (text: string) => text.length * 8;
const sheet = { width: 800, height: 600 };

test('all places fit, north is up and east is right', () => {
  const places = [at(20.6, 105.2), at(20.7, 105.4), at(20.65, 105.3)];
  const plane = planeOf(places, 800, 600);
  const [south, north, middle] = places.map(plane.place) as [never, never, never] as { x: number; y: number }[];
  for (const point of [south!, north!]) {
    expect(point.x).toBeGreaterThan(0);
    expect(point.x).toBeLessThan(800);
    expect(point.y).toBeGreaterThan(0);
    expect(point.y).toBeLessThan(600);
  }
  expect(north!.y).toBeLessThan(south!.y);
  expect(north!.x).toBeGreaterThan(south!.x);
  expect([middle!.x, middle!.y].map(Math.round)).toEqual([400, 300]);
});

test('a kilometre is as long to the north as to the east', () => {
  const plane = planeOf([at(20.6, 105.2), at(20.7, 105.4)], 800, 600);
  const from = plane.place(at(20.6, 105.2));
  const north = plane.place(at(20.6 + 1 / 111.32, 105.2));
  expect(from.y - north.y).toBeCloseTo(plane.km, 6);
});

test('one place alone stands in the middle', () => {
  expect(planeOf([at(20.6, 105.2)], 800, 600).place(at(20.6, 105.2))).toEqual({ x: 400, y: 300 });
});

test('enlarging keeps the point under the pointer and going back shows everything', () => {
  const look = enlarged(everything, 2, { x: 100, y: 50 });
  expect(look).toEqual({ times: 2, x: -100, y: -50 });
  expect(enlarged(look, 0.25, { x: 0, y: 0 })).toEqual(everything);
  expect(centred(everything, { x: 100, y: 50 }, 800, 600, 4)).toEqual({ times: 4, x: 0, y: 100 });
});

test('names do not overlap and the one without room is left out', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, n) => ({ id, text: 'xóm Thung Lớn', at: { x: 100 + n, y: 100 + n } }));
  const placed = placeNames(names, wide, sheet, []);
  expect(placed.size).toBeLessThan(6);
  const far = placeNames(
    names.map((name, n) => ({ ...name, at: { x: 100, y: 100 + 40 * n } })),
    wide,
    sheet,
    [],
  );
  expect(far.size).toBe(6);
  expect([...far.values()].every((place) => place.anchor === 'start')).toBe(true);
});

test('a name stays on the sheet and rather covers no household', () => {
  const name = { id: 'a', text: 'xóm Mu', at: { x: 790, y: 300 } };
  expect(placeNames([name], wide, sheet, []).get('a')?.anchor).toBe('end');
  const middle = { ...name, at: { x: 400, y: 300 } };
  expect(placeNames([middle], wide, sheet, [{ x: 430, y: 300 }]).get('a')?.anchor).toBe('end');
  const crowded = [
    { x: 430, y: 300 },
    { x: 370, y: 300 },
    { x: 400, y: 285 },
    { x: 400, y: 315 },
  ];
  expect(placeNames([middle], wide, sheet, crowded).get('a')?.anchor).toBe('start');
});

test('the scale is a round length', () => {
  expect(roundKm(100, 120)).toBe(1);
  expect(roundKm(10, 120)).toBe(10);
  expect(roundKm(40, 120)).toBe(2);
  expect(roundKm(400, 120)).toBeCloseTo(0.2, 9);
});
