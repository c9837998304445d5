import { describe, expect, it } from 'vitest';
import { type FieldRow, kept, taken } from './fields';

const row = (fid: number, one: string, other: string): FieldRow => ({
  fid,
  label: '',
  one,
  other,
  differs: Boolean(one && other && one !== other),
});
const rows = [row(16, 'Hậu', 'Hâu'), row(18, '1984', '04/1984'), row(24, '', '0368'), row(27, 'ruộng', '')];

describe('what stays of two entries', () => {
  it('is the survivor’s, and the other’s where the survivor has nothing', () => {
    expect(taken(rows, 'one', {})).toEqual([24]);
    expect(taken(rows, 'other', {})).toEqual([27]);
  });

  it('is what was chosen where both have a value', () => {
    expect(taken(rows, 'one', { 18: 'other' })).toEqual([18, 24]);
    expect(kept(row(24, '', '0368'), 'one', { 24: 'one' })).toBe('other');
  });
});
