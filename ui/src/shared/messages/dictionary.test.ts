import { afterEach, describe, expect, it } from 'vitest';
import { fill, setLocale, t, tIn } from './dictionary.svelte';

afterEach(() => setLocale('vi'));

describe('messages', () => {
  it('fill their placeholders and write numbers as the language does', () => {
    expect(t('sync.line.waiting', { count: 2914 })).toBe('2.914 thay đổi chờ gửi');
    setLocale('en');
    expect(t('sync.line.waiting', { count: 1 })).toBe('1 change waiting');
    expect(t('sync.line.waiting', { count: 2 })).toBe('2 changes waiting');
  });

  it('keep a placeholder that got no value', () => expect(fill('{a} {b}', { a: 'x' })).toBe('x {b}'));

  it('fall back where data names no message', () =>
    expect(tIn('refusal', 'no_such', 'refusal.unexpected')).toBe(t('refusal.unexpected')));
});
