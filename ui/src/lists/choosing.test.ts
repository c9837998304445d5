import { expect, it } from 'vitest';
import { Chosen } from './chosen.svelte';
import { chooseRange, moved } from './choosing';
import type { LongRows } from './long.svelte';

const key = (name: string, shiftKey = false) => new KeyboardEvent('keydown', { key: name, shiftKey });

it('goes to the end of a list and stays on it', () => {
  expect(moved(key('ArrowDown'), { at: -1, from: -1 }, 10, 20_000)).toEqual({ at: 0, from: 0 });
  expect(moved(key('End'), { at: 3, from: 3 }, 10, 20_000)?.at).toBe(19_999);
  expect(moved(key('ArrowDown'), { at: 19_999, from: 0 }, 10, 20_000)?.at).toBe(19_999);
  expect(moved(key('x'), { at: 3, from: 3 }, 10, 20_000)).toBeUndefined();
});

it('chooses what it passes while Shift is held', async () => {
  const place = moved(key('PageDown', true), { at: 2, from: 2 }, 3, 100);
  expect(place).toEqual({ at: 5, from: 2 });
  const rows = {
    between: (from: number, to: number) => Promise.resolve(Array.from({ length: to - from + 1 }, (_, at) => `r${from + at}`)),
  } as LongRows<string>;
  const chosen = new Chosen();
  await chooseRange(place ?? { at: 0, from: 0 }, { rows, chosen, keyOf: (row) => row, page: 3 });
  expect(chosen.rows.only).toEqual(['r2', 'r3', 'r4', 'r5']);
});
