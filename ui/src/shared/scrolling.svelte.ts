// What every long list shares: rows of one height of which only those in sight exist, and which of them are in sight.
// Call while a component sets up.
import { createVirtualizer } from '@tanstack/svelte-virtual';
import { untrack } from 'svelte';
import { fromStore } from 'svelte/store';

interface Long {
  box: () => HTMLDivElement | null;
  count: () => number;
  /** Fixed height of a row in CSS pixels. */
  height: () => number;
  /** Where the list was scrolled to before. */
  offset: number;
  /** Rows in sight, and a few more: when they change. */
  onsight?: (first: number, last: number) => void;
}

export interface Line {
  index: number;
  start: number;
  end: number;
  key: string | number | bigint;
}

export interface Scrolling {
  readonly lines: Line[];
  /** Of all rows together. */
  readonly size: number;
  /** Room before the first and after the last row that exists, for tables. */
  readonly above: number;
  readonly below: number;
  /** How many rows Page Up and Page Down go. */
  readonly page: number;
  show: (index: number) => void;
}

const AHEAD = 10;

export function scrolling({ box, count, height, offset, onsight }: Long): Scrolling {
  const virtualizer = createVirtualizer<HTMLDivElement, Element>({
    count: 0,
    getScrollElement: box,
    estimateSize: height,
    overscan: AHEAD,
    initialOffset: offset,
  });
  const now = fromStore(virtualizer);

  $effect(() => {
    const [rows, size, element] = [count(), height(), box()];
    untrack(() => now.current.setOptions({ count: rows, getScrollElement: () => element, estimateSize: () => size }));
  });

  const lines = $derived(now.current.getVirtualItems());
  $effect(() => {
    const [first, last] = [lines[0]?.index, lines.at(-1)?.index];
    if (first !== undefined && last !== undefined) untrack(() => onsight?.(first, last));
  });

  return {
    get lines() {
      return lines;
    },
    get size() {
      return now.current.getTotalSize();
    },
    get above() {
      return lines[0]?.start ?? 0;
    },
    get below() {
      return now.current.getTotalSize() - (lines.at(-1)?.end ?? 0);
    },
    get page() {
      return Math.max(1, Math.floor((box()?.clientHeight ?? height()) / height()) - 1);
    },
    show: (index) => now.current.scrollToIndex(index, { align: 'auto' }),
  };
}
