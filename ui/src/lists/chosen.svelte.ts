// What is chosen of a list: some of its rows, or all of the filter but some, though most of them were never fetched.
import { SvelteSet } from 'svelte/reactivity';

export class Chosen {
  #all = $state(false);
  #ids = new SvelteSet<string>();

  has(id: string): boolean {
    return this.#all !== this.#ids.has(id);
  }

  /** How many of a list of `total`. */
  count(total: number): number {
    return this.#all ? Math.max(0, total - this.#ids.size) : this.#ids.size;
  }

  get none(): boolean {
    return !this.#all && this.#ids.size === 0;
  }

  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
  }

  add(ids: string[]): void {
    for (const id of ids) if (!this.has(id)) this.toggle(id);
  }

  everything(): void {
    this.#all = true;
    this.#ids.clear();
  }

  clear(): void {
    this.#all = false;
    this.#ids.clear();
  }

  /** As the commands ask for it; where nothing is chosen, all of the filter is meant. */
  get rows(): { only: string[] | null; except: string[] } {
    const ids = [...this.#ids];
    return this.#all || this.none ? { only: null, except: ids } : { only: ids, except: [] };
  }
}
