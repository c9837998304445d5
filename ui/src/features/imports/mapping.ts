// The worker's corrections of what the program took each column for.
import type { SheetMapping, SheetRead, SheetView } from '$bindings/commands';

export function mappingOf(sheet: SheetView): SheetMapping {
  return {
    sheet: sheet.name,
    taken: sheet.taken,
    header_row: sheet.header_row,
    columns: Object.fromEntries(sheet.columns.map((column) => [column.index, column.target ?? ''])),
  };
}

/** What keeps a list from being read: a sheet without names has nobody in it. */
export function isReady(mappings: SheetMapping[]): boolean {
  const taken = mappings.filter((mapping) => mapping.taken);
  const named = (mapping: SheetMapping) =>
    Object.values(mapping.columns).some((target) => target === 'full_name' || target === 'name_front' || target === 'head_name');
  return taken.length > 0 && taken.every(named);
}

/** Targets that two columns of a sheet are taken for. */
export function twice(mapping: SheetMapping): string[] {
  const targets = Object.values(mapping.columns).filter((target) => target !== '' && target !== 'ignored');
  return [...new Set(targets.filter((target, at) => targets.indexOf(target) !== at))];
}

export function mappingsOf(read: SheetRead): SheetMapping[] {
  return read.sheets.map(mappingOf);
}
