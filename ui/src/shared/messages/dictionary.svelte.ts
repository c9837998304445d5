// The dictionary. Vietnamese gives the key type; English must have the same keys, or it does not compile.
// A value may hold `{name}` and, where a word follows the number, `{count|change|changes}`: the first form is for exactly one.
import english from '$assets/messages/en.json';
import vietnamese from '$assets/messages/vi.json';

export type Key = keyof typeof vietnamese;
export type Locale = 'vi' | 'en';
export type Params = Record<string, string | number>;

const tables: Record<Locale, Record<Key, string>> = { vi: vietnamese, en: english };
const current = $state<{ locale: Locale }>({ locale: 'vi' });

export function locale(): Locale {
  return current.locale;
}

export function setLocale(next: Locale): void {
  current.locale = next;
  document.documentElement.lang = next;
}

export function t(key: Key, params: Params = {}): string {
  return fill(tables[current.locale][key], params);
}

/** A key made from data, such as a problem code: `prefix.tail`, or the fallback where no such message exists. */
export function tIn(prefix: string, tail: string, fallback: Key, params: Params = {}): string {
  const key = `${prefix}.${tail}`;
  return t(isKey(key) ? key : fallback, params);
}

export function isKey(key: string): key is Key {
  return Object.hasOwn(vietnamese, key);
}

/** Numbers are written as the language writes them; a placeholder without a value stays visible rather than vanish. */
export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole: string, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one !== undefined) return (value === 1 ? one : many) ?? '';
    return typeof value === 'number' ? new Intl.NumberFormat(current.locale === 'vi' ? 'vi-VN' : 'en-GB').format(value) : value;
  });
}
