import { describe, expect, it } from 'vitest';
import { isReady, mappingOf, twice } from './mapping';

const column = (index: number, target: string | null) => ({ index, letter: 'A', heading: '', target, examples: [] });
const sheet = (targets: (string | null)[], taken = true) =>
  mappingOf({ name: 'Mu', rows: 3, header_row: 5, taken, columns: targets.map((target, at) => column(at, target)) });

describe('the mapping of a list', () => {
  it('is ready when each sheet that is taken has names', () => {
    expect(isReady([sheet(['ordinal', 'full_name'])])).toBe(true);
    expect(isReady([sheet(['ordinal', 'full_name']), sheet(['ordinal'])])).toBe(false);
    expect(isReady([sheet(['full_name'], false)])).toBe(false);
  });

  it('tells what two columns are taken for', () => {
    expect(twice(sheet(['birth', 'birth', null, null]))).toEqual(['birth']);
  });
});
