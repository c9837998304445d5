// Code lists in the words of the chosen language.
import { type CodeRow, codeLists, kinds } from '$bindings/registry';
import { isKey, locale, t, tIn } from '$messages';
import { date } from '$shared/format';
import type { Option } from '$shared/ui/ComboBox.svelte';

/** The words of a code; the code itself where the list does not know it; empty for none. */
export function codeName(list: string, code: string | null | undefined): string {
  if (!code) return '';
  return words(codeLists[list]?.find((row) => row.code === code)) ?? code;
}

/** The English words of the lists begin small; on screen they stand alone. */
function words(row: CodeRow | undefined): string | undefined {
  const text = row?.[locale()];
  return text && text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

export function codeOptions(list: string): Option[] {
  return (codeLists[list] ?? []).map((row) => ({
    value: row.code,
    label: words(row) ?? row.code,
    words: `${row.code} ${row.vi}`,
  }));
}

/** What a column is called on screen: `field.<kind>.<column>` where a kind has its own word, else `field.<column>`. */
export function fieldLabel(kind: string, column: string): string {
  const own = `${kind}.${column}`;
  return isKey(`field.${own}`) ? tIn('field', own, 'field.other') : tIn('field', column, 'field.other');
}

/** A stored text as people read it, by the type of its column. */
export function valueText(kind: string, column: string, value: string | null): string {
  const type = kinds[kind]?.find((candidate) => candidate.name === column);
  if (value === null || value === '') return t('common.empty_value');
  if (type?.type === 'code') return codeName(type.list ?? '', value);
  if (type?.type === 'set')
    return listed(value)
      .map((code) => codeName(type.list ?? '', code))
      .join(', ');
  if (type?.type === 'bool') return t(value === 'true' || value === '1' ? 'common.yes' : 'common.no');
  if (type?.type === 'date' || type?.type === 'partial_date' || type?.type === 'month') return date(value);
  return value;
}

function listed(value: string): string[] {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed.map(String) : [value];
  } catch {
    return value.split(',').map((part) => part.trim());
  }
}
