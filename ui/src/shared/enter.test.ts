import { afterEach, expect, it } from 'vitest';
import { enterMoves, focusWrong } from './enter';

afterEach(() => document.body.replaceChildren());

it('walks the fields with Enter and leaves the last one to the form', () => {
  document.body.innerHTML = '<form><input id="a"><input id="b" readonly><input id="c"></form>';
  const form = document.querySelector('form') as HTMLFormElement;
  enterMoves(form);
  const field = (id: string) => document.getElementById(id) as HTMLInputElement;
  const enter = (more = {}) => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...more });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  field('a').focus();
  expect(enter()).toBe(true);
  expect(document.activeElement).toBe(field('c'));
  expect(enter()).toBe(false);
  expect(enter({ shiftKey: true })).toBe(true);
  expect(document.activeElement).toBe(field('a'));
  expect(enter({ isComposing: true })).toBe(false);
});

it('goes to the first field that must be mended', async () => {
  document.body.innerHTML = '<form><input id="a"><input id="b" aria-invalid="true"><input id="c" aria-invalid="true"></form>';
  document.getElementById('a')?.focus();
  await focusWrong(document.querySelector('form'));
  expect(document.activeElement?.id).toBe('b');
});
