import { expect, it } from 'vitest';
import { Chosen } from './chosen.svelte';

it('is some of a list, or all but some', () => {
  const chosen = new Chosen();
  expect(chosen.rows).toEqual({ only: null, except: [] });
  chosen.toggle('a');
  chosen.add(['a', 'b']);
  expect([chosen.count(20_000), chosen.rows]).toEqual([2, { only: ['a', 'b'], except: [] }]);
  chosen.everything();
  chosen.toggle('b');
  expect([chosen.has('a'), chosen.has('b'), chosen.count(20_000)]).toEqual([true, false, 19_999]);
  expect(chosen.rows).toEqual({ only: null, except: ['b'] });
  chosen.clear();
  expect(chosen.none).toBe(true);
});
