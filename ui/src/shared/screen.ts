// What a feature tells the shell about one of its screens. A feature exports `screens` and `actions`; views/screens.ts lists them.
import type { Component } from 'svelte';
import type { Key } from './messages';

/** What the shell asks before it shows an entry. */
export type Right =
  'read' | 'write' | 'import' | 'export' | 'restricted.read' | 'restricted.write' | 'audit' | 'admin' | 'places' | 'enrolment';

export interface Screen {
  /** First segment of the address; the rest is the screen's own. */
  path: string;
  title: Key;
  icon: Component<{ class?: string }>;
  component: Component;
  /** Place in the rail; screens without a group are reached from others. */
  group?: 'work' | 'register' | 'machine';
  /** Shown only to workers with this right. */
  right?: Right;
  /** The entry of the rail it belongs to, for a screen that has none of its own. */
  under?: string;
  /** A wide grid: the rail collapses under 1280 px. */
  wide?: boolean;
}

/** Something the palette offers besides places to go to. */
export interface Action {
  id: string;
  label: Key;
  /** Other words that people type for it. */
  also?: Key;
  icon: Component<{ class?: string }>;
  /** A key that acts on every screen. */
  keys?: string;
  right?: Right;
  /** Left out while this is false. */
  when?: () => boolean;
  run: () => void;
}
