import { expect, it } from 'vitest';
import type { PersonRow } from '$bindings/commands';
import { ageOf } from './row';

const age = (birth: string | null, birth_assumed: string | null = null, dead = false) =>
  ageOf({ birth, birth_assumed, dead } as PersonRow, '2026-11-23');

it('counts completed years, of a partial date from the day that is taken', () => {
  expect([age('1950-11-23'), age('1950-11-24')]).toEqual([76, 75]);
  expect([age('1950', '1950-01-01'), age('1950', '1950-12-31')]).toEqual([76, 75]);
  expect([age(null), age('1950-11-23', null, true)]).toEqual([null, null]);
});
