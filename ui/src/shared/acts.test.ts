import { afterEach, describe, expect, it, vi } from 'vitest';
import { addActs, pageActs } from './acts.svelte';
import { addKeys, setSingleKeys } from './keys.svelte';

const stops: (() => void)[] = [];
const key = (keys: string, more = {}) => ({ keys, label: `by ${keys}`, run: vi.fn(), ...more });

afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  setSingleKeys(true);
});

describe('the acts of a page', () => {
  it('are its shortcuts and what has no key, without moving about and without the keys of the window', () => {
    const split = { label: 'split', run: vi.fn() };
    stops.push(addKeys(() => [key('Ctrl+L')], { everywhere: true }));
    stops.push(addKeys(() => [key('E'), key('ArrowDown'), key('Escape'), key('Space', { listed: true }), key('Ctrl+Enter')]));
    stops.push(addActs(() => [split]));
    expect(pageActs().map(({ label, keys }) => [label, keys])).toEqual([
      ['split', undefined],
      ['by E', 'E'],
      ['by Ctrl+Enter', 'Ctrl+Enter'],
    ]);
  });

  it('can be done by name where letters are turned off', () => {
    const edit = key('E');
    stops.push(addKeys(() => [edit]));
    setSingleKeys(false);
    const [act] = pageActs();
    expect(act?.keys).toBeUndefined();
    act?.run();
    expect(edit.run).toHaveBeenCalledOnce();
  });

  it('go with their page', () => {
    addActs(() => [key('')])();
    expect(pageActs()).toEqual([]);
  });
});
