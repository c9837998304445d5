import { describe, expect, it } from 'vitest';
import { numberText, readNumber } from './numbers';

const amount = { name: 'amount', fid: 18, type: 'int' } as const;
const coefficient = { name: 'coefficient', fid: 18, type: 'decimal' } as const;

describe('numbers as they are written here', () => {
  it('are read with their points and commas', () => {
    expect(readNumber(amount, '1.350.000 đ')).toBe(1350000);
    expect(readNumber(amount, '540000')).toBe(540000);
    expect(readNumber(coefficient, '2,0')).toBe('2.0');
    expect(readNumber(amount, ' ')).toBeNull();
  });

  it('stay as typed where they are none', () => expect(readNumber(amount, 'năm trăm')).toBe('năm trăm'));

  it('are shown the same way', () => {
    expect(numberText(amount, 1350000)).toBe('1.350.000');
    expect(numberText(coefficient, '1.5')).toBe('1,5');
  });
});
