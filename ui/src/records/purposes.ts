// Why each field is kept, from assets/privacy/purposes.json: shown beside the field on demand, and printed as the data map.
import all from '$assets/privacy/purposes.json';
import { kinds } from '$bindings/registry';
import { locale } from '$messages';

interface Words {
  code: string;
  vi: string;
  en: string;
  source?: string;
}

export interface Why {
  purpose: string;
  basis: string;
  source: string;
  retention: string;
}

interface Row {
  field: string;
  purpose: string;
  basis: string;
  retention: string;
  others?: string[];
}

const rows: Record<string, Row> = Object.fromEntries((all.fields as Row[]).map((row) => [row.field, row]));
const words = (list: Words[], code: string) => list.find((row) => row.code === code)?.[locale()] ?? code;

/** Rows of the map of a kind, in the order of its fields. */
export function rowsOf(kind: string): Row[] {
  return (all.fields as Row[]).filter((row) => row.field.startsWith(`${kind}.`));
}

/** Columns of a field: the registry names them by number. */
export function columnsOfField(kind: string, field: string): string[] {
  const order = [...new Set((kinds[kind] ?? []).map((column) => column.fid))];
  const fid = order[rowsOf(kind).findIndex((row) => row.field === `${kind}.${field}`)];
  return (kinds[kind] ?? []).filter((column) => column.fid === fid).map((column) => column.name);
}

export function told(row: Row): Why {
  return {
    purpose: words(all.purposes, row.purpose),
    basis: words(all.bases, row.basis),
    source: (all.bases as Words[]).find((base) => base.code === row.basis)?.source ?? '',
    retention: words(all.retentions, row.retention),
  };
}

/** Why a column is asked for; null where nobody wrote it down. */
export function whyAsked(kind: string, column: string): Why | null {
  const own = rowsOf(kind).find((row) => columnsOfField(kind, row.field.slice(kind.length + 1)).includes(column));
  return own && rows[own.field] ? told(own) : null;
}

export const mappedKinds = [...new Set((all.fields as Row[]).map((row) => row.field.split('.')[0] ?? ''))];
