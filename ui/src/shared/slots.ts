// Places on a screen that other capabilities fill. A feature exports what it offers, views/screens.ts lists it, the shell provides
// it, and the screen shows it without knowing whose it is.
import { type Component, getContext, setContext } from 'svelte';
import type { Key } from './messages';

export interface PersonTab {
  /** Third segment of the address: `#/people/<id>/<tab>`. */
  id: string;
  label: Key;
  component: Component<{ id: string; title: string; home: string | null }>;
}

export interface Slots {
  /** Before the tabs of the person page itself. */
  personTabs: PersonTab[];
  /** At the top of what stands beside the work desk. */
  deskAsides: Component[];
}

const place = Symbol('slots');

export const provideSlots = (slots: Slots): Slots => setContext(place, slots);
export const useSlots = (): Slots => getContext<Slots | undefined>(place) ?? { personTabs: [], deskAsides: [] };
