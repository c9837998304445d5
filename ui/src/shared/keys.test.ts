import { afterEach, describe, expect, it, vi } from 'vitest';
import { activeShortcuts, addKeys, handleKey, keyCaps, setSingleKeys } from './keys.svelte';

const stops: (() => void)[] = [];
const bind = (keys: string, run = vi.fn(), more = {}) => {
  stops.push(addKeys(() => [{ keys, label: keys, run, ...more }]));
  return run;
};
function press(init: KeyboardEventInit, target: HTMLElement = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  handleKey(event);
  return event;
}

afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  setSingleKeys(true);
});

describe('the keyboard layer', () => {
  it('runs a letter only outside fields', () => {
    const run = bind('N');
    press({ key: 'n' });
    press({ key: 'n' }, document.createElement('input'));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs Ctrl keys inside fields, but leaves Ctrl+Z to typing', () => {
    const save = bind('Ctrl+S');
    const undo = bind('Ctrl+Z', vi.fn(), { outside: true });
    const field = document.createElement('input');
    press({ key: 's', ctrlKey: true }, field);
    press({ key: 'z', ctrlKey: true }, field);
    expect(save).toHaveBeenCalledOnce();
    expect(undo).not.toHaveBeenCalled();
  });

  it('ignores keys while Unikey composes', () => {
    const run = bind('N');
    press({ key: 'n', isComposing: true });
    press({ key: 'n', keyCode: 229 });
    expect(run).not.toHaveBeenCalled();
  });

  it('never takes Backspace', () => {
    const run = bind('Backspace');
    expect(press({ key: 'Backspace' }).defaultPrevented).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it('lets letters be turned off, and nothing else with them', () => {
    const letter = bind('N');
    const find = bind('Ctrl+K');
    setSingleKeys(false);
    press({ key: 'n' });
    press({ key: 'k', ctrlKey: true });
    expect(letter).not.toHaveBeenCalled();
    expect(find).toHaveBeenCalledOnce();
    expect(activeShortcuts().map((shortcut) => shortcut.keys)).toEqual(['Ctrl+K']);
  });

  it('asks the newest layer first and hides what lies under a dialog', () => {
    const page = bind('N');
    const newer = bind('N');
    press({ key: 'n' });
    expect([page.mock.calls.length, newer.mock.calls.length]).toEqual([0, 1]);
    stops.push(addKeys(() => [], { modal: true }));
    press({ key: 'n' });
    expect(newer).toHaveBeenCalledTimes(1);
  });

  it('names keys as the caps do', () => expect([keyCaps('Ctrl+ArrowDown'), keyCaps('+')]).toEqual(['Ctrl ↓', '+']));
});
