import { expect, it } from 'vitest';
import type { PersonRow } from '$bindings/commands';
import { birthdayOf, comingBirthdays } from './birthdays';

const person = (birth: string | null) => ({ id: 'p', full_name: 'Đinh Thị Mến', village_name: 'xóm Mu', birth }) as PersonRow;
const turn = (birth: string | null, age = 75) => comingBirthdays([person(birth)], age, '2026-11-23').map((found) => found.on);

it('finds who turns within sixty days, today and the last day included', () => {
  expect(turn('1951-11-23')).toEqual(['2026-11-23']);
  expect(turn('1952-01-22')).toEqual(['2027-01-22']);
  expect(turn('1952-01-23')).toEqual([]);
  expect(turn('1951-11-22')).toEqual([]);
});

it('leaves out those whose day nobody knows', () => {
  expect(turn('1951')).toEqual([]);
  expect(turn('1951-12')).toEqual([]);
  expect(turn(null)).toEqual([]);
});

it('takes the 28th for those born on the 29th of February', () => {
  expect(birthdayOf('2012-02-29', 3)).toBe('2015-02-28');
  expect(birthdayOf('2012-02-29', 16)).toBe('2028-02-29');
});
