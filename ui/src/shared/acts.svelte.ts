// What the page shown can do, by name, for Ctrl+K: its shortcuts, and acts without a key of their own.
// A screen calls `useActs(() => [...])` while it sets up; its acts live as long as it does.
import { untrack } from 'svelte';
import { isBound, pageShortcuts } from './keys.svelte';

export interface Act {
  label: string;
  keys?: string;
  run: () => void;
}

const registry = $state<{ lists: { acts: () => Act[] }[] }>({ lists: [] });

export function useActs(acts: () => Act[]): void {
  // The list is read and written here: tracking it would make the effect run itself again.
  $effect(() => untrack(() => addActs(acts)));
}

export function addActs(acts: () => Act[]): () => void {
  const own = { acts };
  registry.lists = [own, ...registry.lists];
  return () => {
    registry.lists = registry.lists.filter((list) => list.acts !== acts);
  };
}

/** The acts of the page as it stands, the newest first, those without a key before those with one. */
export function pageActs(): Act[] {
  const keyed = pageShortcuts().map(({ keys, label, run }) => ({
    label,
    keys: isBound(keys) ? keys : undefined,
    run: () => run(new KeyboardEvent('keydown')),
  }));
  return [...registry.lists.flatMap((list) => list.acts()), ...keyed];
}
