// Rows of a list of twenty thousand, fetched in parts where they come into sight, so that one can go to its end at once.
// When a capability it shows is touched, what is in sight is fetched again and swapped in one go: the list keeps its place.
import { onTouched, toProblem, type Problem } from '$host';

interface Page<Row> {
  rows: Row[];
  total: number;
}

export interface LongRows<Row> {
  readonly total: number;
  readonly problem: Problem | null;
  /** True until the first rows for these filters are there. */
  readonly loading: boolean;
  /** The row at a place; undefined where it is not fetched yet. */
  at: (index: number) => Row | undefined;
  /** These rows are in sight, or soon will be. */
  need: (from: number, to: number) => void;
  /** Rows from one place to another, both included, fetched where they are missing. */
  between: (from: number, to: number) => Promise<Row[]>;
  reload: () => void;
}

const PART = 100;
const LARGEST = 500;
/** While somebody scrolls at full speed, only where they stop is asked for. */
const PAUSE_MS = 40;

/** `fetch` is tracked: filters it reads before its first `await` start the list anew. Call while a component sets up. */
export function longRows<Row>(fetch: (offset: number, limit: number) => Promise<Page<Row>>, touches: string[]): LongRows<Row> {
  let parts = $state.raw<Record<number, Row[]>>({});
  let total = $state(0);
  let problem = $state.raw<Problem | null>(null);
  let loading = $state(true);
  let newest = 0;
  let sight = { first: 0, last: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cut(rows: Row[], from: number): [number, Row[]][] {
    const cuts: [number, Row[]][] = [];
    for (let at = 0; at < rows.length; at += PART) cuts.push([from / PART + at / PART, rows.slice(at, at + PART)]);
    return cuts;
  }

  /** Fetches parts of the list, in steps as large as the door allows. */
  async function load(first: number, last: number, mine: number): Promise<[number, Row[]][]> {
    const got: [number, Row[]][] = [];
    for (let part = first; part <= last; part += LARGEST / PART) {
      const limit = Math.min(LARGEST, (last - part + 1) * PART);
      const page = await fetch(part * PART, limit);
      if (mine !== newest) return [];
      total = page.total;
      got.push(...cut(page.rows, part * PART));
    }
    return got;
  }

  async function anew(first: number, last: number): Promise<void> {
    const mine = ++newest;
    try {
      const got = await load(first, last, mine);
      if (mine !== newest) return;
      parts = Object.fromEntries(got);
      problem = null;
    } catch (thrown) {
      if (mine === newest) problem = toProblem(thrown);
    } finally {
      if (mine === newest) loading = false;
    }
  }

  async function fill(): Promise<void> {
    const mine = newest;
    const missing = range(sight.first, sight.last).filter((part) => !parts[part]);
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return;
    try {
      const got = await load(first, last, mine);
      if (mine === newest) parts = { ...parts, ...Object.fromEntries(got) };
    } catch (thrown) {
      if (mine === newest) problem = toProblem(thrown);
    }
  }

  $effect(() => {
    loading = true;
    sight = { first: 0, last: 0 };
    void anew(0, 0);
    return () => clearTimeout(timer);
  });

  const reload = () => void anew(sight.first, sight.last);
  $effect(() =>
    onTouched((capabilities) => {
      if (capabilities.some((name) => touches.includes(name))) reload();
    }),
  );

  return {
    get total() {
      return total;
    },
    get problem() {
      return problem;
    },
    get loading() {
      return loading;
    },
    at: (index) => parts[Math.floor(index / PART)]?.[index % PART],
    need(from, to) {
      sight = { first: Math.floor(Math.max(0, from) / PART), last: Math.floor(Math.max(0, to) / PART) };
      if (range(sight.first, sight.last).every((part) => parts[part])) return;
      clearTimeout(timer);
      timer = setTimeout(() => void fill(), PAUSE_MS);
    },
    async between(from, to) {
      const [first, last] = [Math.floor(from / PART), Math.floor(to / PART)];
      if (range(first, last).some((part) => !parts[part])) {
        const got = await load(first, last, newest);
        parts = { ...parts, ...Object.fromEntries(got) };
      }
      return range(from, to).flatMap((index) => parts[Math.floor(index / PART)]?.[index % PART] ?? []);
    },
    reload,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
