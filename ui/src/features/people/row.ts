// A row of the list of people in words, for paper.
import type { PersonRow } from '$bindings/commands';
import { codeName, session } from '$host';
import { t, tIn } from '$messages';
import { date } from '$shared/format';

/** Completed years today; null for the dead and for an unknown birth. Of a partial date the day counts that the commune takes. */
export function ageOf(row: PersonRow, today = session.view?.today ?? ''): number | null {
  if (!row.birth || row.dead || !today) return null;
  const [year = '', month = '', day = ''] = (row.birth_assumed ?? row.birth).split('-');
  const had = today.slice(5) >= `${month}-${day}`;
  return Number(today.slice(0, 4)) - Number(year) - (had ? 0 : 1);
}

/** The age in words: “~75” where the birth is known only in part. */
export function ageText(row: PersonRow): string {
  const age = ageOf(row) ?? '';
  return row.birth_assumed && age !== '' ? t('people.age_about', { age }) : String(age);
}

export function cellText(row: PersonRow, column: string): string {
  switch (column) {
    case 'name':
      return row.full_name;
    case 'birth':
      return date(row.birth);
    case 'age':
      return ageText(row);
    case 'sex':
      return codeName('sex', row.sex);
    case 'citizen_id':
      return row.masked_citizen_id ?? '';
    case 'village':
      return row.village_name;
    case 'head':
      return row.head_name;
    case 'class':
      return tIn('class', row.poverty_class ?? 'not_reviewed', 'class.other');
    case 'disability':
      return codeName('disability_severity', row.disability);
    default:
      return '';
  }
}
