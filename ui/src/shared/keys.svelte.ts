// The keyboard layer: one registry of shortcuts, shown in the status bar and by `?`.
// A screen calls `useKeys(() => [...])` while it sets up; its shortcuts live as long as it does. The newest layer is asked
// first; a layer marked `modal` (dialog, palette) hides those beneath it.
// Unikey types by sending Backspace and letters: keys are ignored while composing, and Backspace cannot be bound.
import { untrack } from 'svelte';

export interface Shortcut {
  /** `Ctrl+K`, `Alt+1`, `F8`, `Escape`, `ArrowDown`, `N`, `/`, `?`. */
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Shown in the status bar (few), not only under `?`. */
  bar?: boolean;
  /** Also while a field has focus. Always so for keys with Ctrl or Alt and for F keys. */
  inField?: boolean;
  /** Never while a field has focus, though it has Ctrl: Ctrl+Z undoes typing there. */
  outside?: boolean;
  /** Listed but not bound here: a component handles it itself. */
  listed?: boolean;
}

interface Layer {
  id: number;
  modal: boolean;
  everywhere: boolean;
  shortcuts: () => Shortcut[];
}

interface Options {
  /** Hides the layers beneath. */
  modal?: boolean;
  /** The window's own keys, which belong to no page. */
  everywhere?: boolean;
}

const registry = $state<{ layers: Layer[]; singleKeys: boolean }>({ layers: [], singleKeys: true });
let nextId = 0;

export function useKeys(shortcuts: () => Shortcut[], options: Options = {}): void {
  // The list of layers is read and written here: tracking it would make the effect run itself again.
  $effect(() => untrack(() => addKeys(shortcuts, options)));
}

export function addKeys(shortcuts: () => Shortcut[], { modal = false, everywhere = false }: Options = {}): () => void {
  const id = nextId++;
  registry.layers = [...registry.layers, { id, modal, everywhere, shortcuts }];
  return () => {
    registry.layers = registry.layers.filter((layer) => layer.id !== id);
  };
}

/** Single letters act only when no field has focus, and a person may turn them off altogether. */
export function setSingleKeys(on: boolean): void {
  registry.singleKeys = on;
}

function reachable(): Layer[] {
  const from = registry.layers.findLastIndex((layer) => layer.modal);
  return registry.layers.slice(Math.max(from, 0)).reverse();
}

/** The shortcuts that act now, newest layer first, each key once. */
export function activeShortcuts(): Shortcut[] {
  const all = reachable()
    .flatMap((layer) => layer.shortcuts())
    .filter((shortcut) => isBound(shortcut.keys));
  return all.filter((shortcut, index) => all.findIndex((other) => other.keys === shortcut.keys) === index);
}

/** What the page shown does by a key, newest layer first: not moving about, and letters even where they are turned off. */
export function pageShortcuts(): Shortcut[] {
  return reachable()
    .filter((layer) => !layer.everywhere)
    .flatMap((layer) => layer.shortcuts())
    .filter((shortcut) => !shortcut.listed && !/^(Shift\+)?(Arrow\w+|Escape|Enter)$/.test(shortcut.keys));
}

/** Whether the key acts now, as far as its kind goes: letters may be turned off. */
export function isBound(keys: string): boolean {
  return registry.singleKeys || !isSingle(keys);
}

export function isSingle(keys: string): boolean {
  return keys.length === 1;
}

export function keyOf(event: KeyboardEvent): string {
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const digit = event.altKey || event.ctrlKey ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
  // Shift is told apart only for named keys: `?` is already its own character.
  const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${digit ?? name}`;
}

export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches('input:not([type=checkbox],[type=radio]),textarea,select') || target.isContentEditable)
  );
}

function worksInField(shortcut: Shortcut): boolean {
  if (shortcut.outside) return false;
  return Boolean(shortcut.inField) || /^(Ctrl|Alt)\+/.test(shortcut.keys) || /^F\d+$/.test(shortcut.keys);
}

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || event.key === 'Backspace') return;
  const keys = keyOf(event);
  const typing = inField(event.target);
  const found = activeShortcuts().find((s) => s.keys === keys && !s.listed && (!typing || worksInField(s)));
  if (!found) return;
  event.preventDefault();
  found.run(event);
}

/** `Ctrl+ArrowDown` as people read it on the key caps. */
export function keyCaps(keys: string): string {
  // Plus is a key of its own.
  if (isSingle(keys)) return keys;
  const names: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' };
  return keys
    .split('+')
    .map((part) => names[part] ?? part)
    .join(' ');
}
