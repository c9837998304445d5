import { expect, it } from 'vitest';
import type { PersonRow } from '$bindings/commands';
import { ageOf } from './row';

const age = (birth: string | null, dead = false) => ageOf({ birth, dead } as PersonRow, '2026-11-23');

it('counts completed years, from the first day a birth may be', () => {
  expect([age('1950-11-23'), age('1950-11-24'), age('1950'), age('1950-12')]).toEqual([76, 75, 76, 75]);
  expect([age(null), age('1950', true)]).toEqual([null, null]);
});
