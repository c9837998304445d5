// What the palette offers, in groups: records found (or opened lately), what this page can do, screens, what can be done anywhere.
import type { Component } from 'svelte';
import type { Key } from '$messages';
import { fold, rank, ranked } from '$shared/fold';

export interface Entry {
  /** Unlike that of every other entry. */
  value: string;
  label: string;
  /** Other words it answers to; not shown. */
  also?: string;
  icon: Component<{ class?: string }>;
  /** Beside the name, and at the end of the line. */
  born?: string;
  note?: string;
  keys?: string;
  run: () => void;
}

export interface Found extends Entry {
  kind: string;
}

export interface Group {
  title: Key;
  entries: Entry[];
}

interface Offered {
  text: string;
  /** As the register answers: the best first, or the last opened first. */
  found: Found[];
  page: Entry[];
  screens: Entry[];
  anywhere: Entry[];
}

const kinds: { kind: string; title: Key }[] = [
  { kind: 'person', title: 'palette.people' },
  { kind: 'household', title: 'palette.households' },
  { kind: 'village', title: 'palette.villages' },
];

const named = ({ label, also = '' }: Entry) => `${label} ${also}`;

/** Records first; of the others the group that holds the best answer. A name offered twice is the page's, then the act's. */
export function offer({ text, found, page, screens, anywhere }: Offered): Group[] {
  const typed = fold(text) !== '';
  const records: Group[] = typed
    ? kinds.map(({ kind, title }) => ({ title, entries: found.filter((entry) => entry.kind === kind) }))
    : [{ title: 'palette.recent', entries: found }];

  const names = new Set<string>();
  const once = (entries: Entry[]) =>
    ranked(entries, named, text).filter(({ label }) => !names.has(fold(label)) && names.add(fold(label)));
  const ofPage: Group = { title: 'palette.page', entries: once(page) };
  const ofAll: Group = { title: 'palette.actions', entries: once(anywhere) };
  const places: Group = { title: 'palette.screens', entries: once(screens) };
  const best = ({ entries: [first] }: Group) => Number(rank(first ? named(first) : '', text));
  const others = [ofPage, places, ofAll].filter((group) => group.entries.length > 0).sort((a, b) => best(a) - best(b));
  return [...records.filter((group) => group.entries.length > 0), ...others];
}
