// A long list that comes in pages: the first when the screen opens or its filters change, the next when the end comes into sight.
// When a capability it shows is touched, what was loaded is fetched again and swapped in one go, so that the list keeps its place.
import { onTouched } from './events';
import { toProblem, type Problem } from './problem';

interface Page<Row> {
  rows: Row[];
  total: number;
}

export interface Pages<Row> {
  readonly rows: Row[];
  readonly total: number;
  readonly problem: Problem | null;
  /** True until the first page for these filters is there. */
  readonly loading: boolean;
  more: () => void;
  reload: () => void;
}

const SIZE = 200;
const LARGEST = 500;

/** `fetch` is tracked: filters it reads before its first `await` start the list anew. Call while a component sets up. */
export function pages<Row>(fetch: (offset: number, limit: number) => Promise<Page<Row>>, touches: string[]): Pages<Row> {
  let rows = $state.raw<Row[]>([]);
  let total = $state(0);
  let problem = $state.raw<Problem | null>(null);
  let loading = $state(true);
  let newest = 0;
  let busy = false;

  async function load(upTo: number, mine: number): Promise<void> {
    const got: Row[] = [];
    try {
      let known = upTo;
      do {
        const page = await fetch(got.length, Math.min(LARGEST, Math.max(SIZE, upTo - got.length)));
        if (mine !== newest) return;
        got.push(...page.rows);
        total = page.total;
        known = page.rows.length === 0 ? 0 : Math.min(upTo, page.total);
      } while (got.length < known);
      rows = got;
      problem = null;
    } catch (thrown) {
      if (mine === newest) problem = toProblem(thrown);
    } finally {
      if (mine === newest) loading = false;
    }
  }

  $effect(() => {
    loading = true;
    void load(SIZE, ++newest);
  });

  const reload = () => void load(Math.max(SIZE, rows.length), ++newest);
  $effect(() =>
    onTouched((capabilities) => {
      if (capabilities.some((name) => touches.includes(name))) reload();
    }),
  );

  async function next() {
    if (busy || loading || rows.length >= total) return;
    busy = true;
    const mine = newest;
    try {
      const page = await fetch(rows.length, SIZE);
      if (mine === newest && page.rows.length > 0) rows = [...rows, ...page.rows];
    } catch (thrown) {
      problem = toProblem(thrown);
    } finally {
      busy = false;
    }
  }

  return {
    get rows() {
      return rows;
    },
    get total() {
      return total;
    },
    get problem() {
      return problem;
    },
    get loading() {
      return loading;
    },
    more: () => void next(),
    reload,
  };
}
