// Going from field to field by keyboard. Fields carry `data-cell`: `household.phone`, or `<line>.<column>` in the grid.

const FIELDS = '[data-cell], [data-cells] [role=radio][tabindex="0"]';

function fields(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(FIELDS)];
}

export function cellOf(target: EventTarget | null): string | null {
  if (!(target instanceof HTMLElement)) return null;
  return target.dataset.cell ?? target.closest<HTMLElement>('[data-cells]')?.dataset.cells ?? null;
}

/** The line and column of a cell of the grid; null for a field of the household. */
export function gridCell(cell: string | null): { key: number; column: string } | null {
  const [key, column] = cell?.split('.') ?? [];
  return key && column && /^\d+$/.test(key) ? { key: Number(key), column } : null;
}

export function step(root: HTMLElement, from: EventTarget | null, by: 1 | -1): void {
  const all = fields(root);
  // Of a group of buttons only one is in the order, and it may have changed since.
  const cell = cellOf(from);
  const at = all.findIndex((field) => cellOf(field) === cell);
  all[at + by]?.focus();
}

export function goTo(root: HTMLElement, cell: string): void {
  root.querySelector<HTMLElement>(`[data-cell="${cell}"], [data-cells="${cell}"] [role=radio][tabindex="0"]`)?.focus();
}

/** The key of the line beside `key`, by the order of the lines. */
export function neighbour(keys: number[], key: number, by: 1 | -1): number | undefined {
  return keys[keys.indexOf(key) + by];
}
