import { describe, expect, it } from 'vitest';
import { isReady, mappingOf, requestOf, twice, withAnswer, withChoice, withMend } from './mapping';

const column = (index: number, target: string | null) => ({
  index,
  letter: 'A',
  heading: '',
  target,
  unsure: false,
  examples: [],
});
const view = (targets: (string | null)[], taken = true) => ({
  name: 'Mu',
  rows: 3,
  header_row: 5,
  taken,
  remembered: false,
  columns: targets.map((target, at) => column(at, target)),
});
const sheet = (targets: (string | null)[], taken = true) => mappingOf(view(targets, taken));
const request = requestOf({ file: 'f', name: 'a.csv', sheets: [view(['full_name', 'birth'])], targets: [] });

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

describe('what a worker says of a list', () => {
  it('keeps the last text of a cell', () => {
    const mend = { sheet: 'Mu', row: 2, column: 1, text: '1948' };
    const other = { ...mend, row: 3 };
    const all = withMend(withMend(withMend(request, mend), other), { ...mend, text: '1949' });
    expect(all.mends).toEqual([other, { ...mend, text: '1949' }]);
  });

  it('keeps choices by person and field', () => {
    const all = withChoice(withChoice(request, '2.0 Mu', 'phone', true), '2.0 Mu', 'sex', false);
    expect(all.choices).toEqual({ '2.0 Mu': { phone: true, sex: false } });
  });

  it('answers a question for its column alone', () => {
    const question = {
      kind: 'date_order',
      sheet: 'Mu',
      column: 1,
      heading: '',
      count: 1,
      class: null,
      examples: [],
      answer: null,
    };
    const answered = withAnswer(request, question, 'month_first').mappings[0];
    expect(answered?.orders).toEqual({ 1: 'month_first' });
    expect(answered?.encodings).toEqual({});
  });

  it('answers a question about a class for its sheet', () => {
    const about = { kind: 'poverty_class', sheet: 'Mu', column: 0, heading: 'HỘ NGHÈO', count: 2, class: 'poor' };
    const question = { ...about, examples: [], answer: null };
    expect(withAnswer(request, question, 'poor').mappings[0]?.class).toBe('poor');
    expect(withAnswer(request, question, '').mappings[0]?.class).toBe('');
  });
});
