// Going through a long list and choosing of it by keys and mouse, the same in every list.
// ↑ ↓ PageUp PageDown Home End move; with Shift they choose what they pass; Space chooses one; Enter opens.
import type { Chosen } from './chosen.svelte';
import type { LongRows } from './long.svelte';

export interface Place {
  /** The row one is at; -1 before the first key. */
  at: number;
  /** Where a range began. */
  from: number;
}

interface Walk<Row> {
  rows: LongRows<Row>;
  chosen: Chosen;
  keyOf: (row: Row) => string;
  /** Rows of a page. */
  page: number;
}

const steps = (page: number, total: number): Record<string, number> => ({
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: page,
  PageUp: -page,
  Home: -total,
  End: total,
});

/** Where a key leads from `place`; undefined for a key that does not move. */
export function moved(event: KeyboardEvent, place: Place, page: number, total: number): Place | undefined {
  const by = steps(page, total)[event.key];
  if (by === undefined || total === 0) return undefined;
  const at = Math.max(0, Math.min(total - 1, place.at < 0 && Math.abs(by) < total ? 0 : place.at + by));
  return { at, from: event.shiftKey ? Math.max(0, place.from) : at };
}

/** Chooses the rows between the place a range began at and the one it has reached. */
export async function chooseRange<Row>(place: Place, { rows, chosen, keyOf }: Walk<Row>): Promise<void> {
  const [first, last] = [Math.min(place.from, place.at), Math.max(place.from, place.at)];
  chosen.add((await rows.between(first, last)).map(keyOf));
}

/** Chooses or leaves out the row one is at. */
export function toggleAt<Row>(at: number, { rows, chosen, keyOf }: Walk<Row>): void {
  const row = rows.at(at);
  if (row !== undefined) chosen.toggle(keyOf(row));
}
