import { describe, expect, it } from 'vitest';
import type { MonthView } from '$bindings/commands';
import { later, runs } from './months';

const month = (name: string, total: number | null, received: number | null, difference: number | null): MonthView => ({
  month: name,
  regular: [],
  carer_support: [],
  total,
  missing: [],
  received,
  difference,
  causes: [],
});

describe('months', () => {
  it('that say the same are one row with the sum of their differences', () => {
    const rows = runs([
      month('2026-05', 500, 500, 0),
      month('2026-06', 500, 500, 0),
      month('2026-07', 540, 500, 40),
      month('2026-08', 540, 500, 40),
    ]);
    expect(rows.map(({ from, to, count, difference }) => [from, to, count, difference])).toEqual([
      ['2026-05', '2026-06', 2, 0],
      ['2026-07', '2026-08', 2, 80],
    ]);
  });

  it('in which nothing can be compared have no difference', () => {
    expect(runs([month('2026-05', null, null, null), month('2026-06', null, null, null)])).toMatchObject([
      { count: 2, difference: null },
    ]);
  });

  it('are counted over the turn of the year both ways', () => {
    expect(later('2026-11', 3)).toBe('2027-02');
    expect(later('2026-02', -12)).toBe('2025-02');
    expect(later('2026-01', -1)).toBe('2025-12');
  });
});
