import { describe, expect, it } from 'vitest';
import { rank } from './choices';

const choices = [
  { value: 'head', label: 'Chủ hộ', short: ['h'] },
  { value: 'spouse', label: 'Vợ/chồng', short: ['v'] },
  { value: 'child', label: 'Con đẻ', short: ['c'] },
  { value: 'grandchild', label: 'Cháu nội/ngoại', short: ['ch'] },
];
const found = (typed: string) => rank(choices, typed).map((choice) => choice.value);

describe('choices', () => {
  it('take a short form first, then labels that begin so, then other words', () => {
    expect(found('c')).toEqual(['child', 'head', 'grandchild', 'spouse']);
    expect(found('ch')[0]).toBe('grandchild');
    expect(found('chong')).toEqual(['spouse']);
  });

  it('are all there while nothing is typed, and none where nothing fits', () => {
    expect(found('')).toHaveLength(4);
    expect(found('xyz')).toEqual([]);
  });
});
