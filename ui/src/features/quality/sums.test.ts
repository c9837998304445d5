import { expect, test } from 'vitest';
import type { QualityRow } from '$bindings/commands';
import { listOf, marksFound, totalOf, worstFirst } from './sums';

const row = (village: string | null, people: number, complete: number, marks: Record<string, number>): QualityRow => ({
  village,
  village_name: village ?? '',
  people,
  with_id: complete,
  with_birth: people,
  with_village: people,
  complete,
  households: 1,
  person_marks: Object.entries(marks).map(([mark, count]) => ({ mark, count })),
  household_marks: [],
});
const rows = [
  row('good', 10, 9, { no_citizen_id: 1 }),
  row('nobody', 0, 0, {}),
  row('bad', 4, 1, { year_only: 3, no_citizen_id: 1 }),
];

test('the village where most is missing comes first and one with nobody last', () => {
  expect(worstFirst(rows, 'people').map((line) => line.village)).toEqual(['bad', 'good', 'nobody']);
});

test('the commune is the sum of its villages', () => {
  const total = totalOf(rows);
  expect([total.people, total.complete, total.households]).toEqual([14, 10, 3]);
  expect(total.person_marks).toEqual([
    { mark: 'year_only', count: 3 },
    { mark: 'no_citizen_id', count: 2 },
  ]);
  expect(marksFound(rows, 'households')).toEqual([]);
});

test('a number leads to its list: of a village, of none, of all', () => {
  expect(listOf('people', 'year_only', 'v1')).toBe('#/people/filter/year_only/v1');
  expect(listOf('people', 'year_only', null)).toBe('#/people/filter/year_only/none');
  expect(listOf('people', 'no_village', null)).toBe('#/people/filter/no_village');
  expect(listOf('households', 'no_head')).toBe('#/households/filter/no_head');
});
