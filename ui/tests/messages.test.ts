// Both languages are complete, agree on their placeholders, stay sorted (so that two people's additions merge), and hold nothing
// that is not used.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (name: string): Record<string, string> => JSON.parse(readFileSync(join('..', 'assets', 'messages', name), 'utf8'));
const vi = read('vi.json');
const en = read('en.json');

function sources(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist', 'target'].includes(entry.name) ? [] : sources(path, ending);
    return ending.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

describe('messages', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(vi));
  });

  it('are sorted by key', () => {
    const byCode = (a: string, b: string) => (a < b ? -1 : 1);
    expect(Object.keys(vi)).toEqual([...Object.keys(vi)].sort(byCode));
  });

  it('use the same placeholders in both languages', () => {
    const differing = Object.keys(vi).filter((key) => placeholders(vi[key] ?? '').join() !== placeholders(en[key] ?? '').join());
    expect(differing).toEqual([]);
  });

  it('are never empty and always composed', () => {
    const bad = [vi, en].flatMap((table) =>
      Object.entries(table).filter(([, text]) => !text.trim() || text !== text.normalize('NFC')),
    );
    expect(bad).toEqual([]);
  });

  it('know a sentence for every refusal of the command door', () => {
    const codes = /export type Code = ([^;]+);/.exec(readFileSync('src/bindings/commands.ts', 'utf8'))?.[1] ?? '';
    const missing = [...codes.matchAll(/"(\w+)"/g)].map((match) => `refusal.${match[1]}`).filter((key) => !vi[key]);
    expect(codes).not.toBe('');
    expect(missing).toEqual([]);
  });

  it('are all used', () => {
    const code = [...sources('src', /\.(ts|svelte)$/), ...sources('../crates', /\.rs$/)].join('\n');
    // `tIn('problem', …)` and keys built as `${…}` after a fixed beginning count as using everything beneath that beginning.
    const prefixes = [
      ...[...code.matchAll(/tIn\(\s*'([\w.]+)'/g)].map((match) => `${match[1]}.`),
      ...[...code.matchAll(/`([a-z_]+\.(?:[\w]+[._])*)\$\{/g)].map((match) => match[1] ?? ''),
    ];
    const unused = Object.keys(vi).filter(
      (key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
