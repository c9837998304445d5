// What was opened from the palette lately, for this sitting only: names of people are not kept outside the register.
import type { SearchHit } from '$bindings/commands';

let list = $state.raw<SearchHit[]>([]);

export function recent(): SearchHit[] {
  return list;
}

export function remember(hit: SearchHit): void {
  list = [hit, ...list.filter((other) => other.id !== hit.id)].slice(0, 6);
}

/** On locking: the next worker starts with nothing. */
export function forget(): void {
  list = [];
}
