// Arrow keys in a table of numbers: ← → go along the row, ↑ ↓ along the column, past cells that have no number.
import { isComposing } from '$shared/keys.svelte';

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** For `{@attach}` on a table whose numbers are links. */
export function arrowsMove(table: HTMLTableElement) {
  function onkeydown(event: KeyboardEvent) {
    const step = steps[event.key];
    const cell = event.target instanceof HTMLElement ? event.target.closest('td') : null;
    if (!step || !cell || event.ctrlKey || event.altKey || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    const rows = [...table.querySelectorAll<HTMLTableRowElement>('tbody tr, tfoot tr')];
    let line = rows.indexOf(cell.parentElement as HTMLTableRowElement);
    let column = cell.cellIndex;
    for (;;) {
      line += step[0];
      column += step[1];
      const next = rows[line]?.cells[column];
      if (!next) return;
      const link = next.querySelector('a');
      if (!link) continue;
      link.focus();
      return;
    }
  }
  table.addEventListener('keydown', onkeydown);
  return () => table.removeEventListener('keydown', onkeydown);
}
