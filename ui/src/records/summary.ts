// A record in one line: what it is in bold, from when to when, and the rest.
import type { RecordView } from '$bindings/commands';
import { fieldLabel } from '$host';
import { t } from '$messages';
import { columnsOf, shownValue } from './columns';

const titles: Record<string, string[]> = {
  disability_certificate: ['severity', 'types'],
  allowance: ['kind', 'si_kind', 'amount'],
  health_insurance: ['number'],
  study: ['status', 'level', 'school'],
  residence: ['kind', 'village', 'place'],
  written_request: ['family'],
  observation: ['topic', 'answer'],
  parent_link: ['side', 'parent', 'parent_name', 'status'],
  carer_link: ['carer', 'kind'],
  support_obligor: ['state', 'obligor', 'obligor_name', 'relation'],
  restricted_health: ['matter', 'answer'],
  consent: ['purpose', 'given_by'],
  data_request: ['matter', 'outcome'],
};

const starts = ['from_on', 'from_month', 'valid_from', 'given_on', 'filed_on'];
const ends = ['to_on', 'to_month', 'valid_to', 'withdrawn_on', 'answered_on'];

export interface Summary {
  title: string;
  span: string;
  rest: string;
}

export function summary(record: RecordView): Summary {
  const { kind, names } = record;
  const values = record.opened.values;
  const shown = columnsOf(kind)
    .map((column) => ({ name: column.name, text: shownValue(kind, column, values[column.name], names) }))
    .filter(({ text }) => text !== '');
  const find = (wanted: string[]) =>
    wanted.flatMap((name) => shown.filter((part) => part.name === name).map((part) => part.text));
  const bold = titles[kind] ?? [];
  const from = find(starts)[0];
  const to = find(ends)[0];
  const rest = shown.filter(({ name }) => ![...bold, ...starts, ...ends].includes(name));
  return {
    title: find(bold).join(' · ') || t('records.untitled'),
    span: from && to ? `${from} – ${to}` : from ? t('records.since', { date: from }) : to ? t('records.until', { date: to }) : '',
    rest: rest.map(({ name, text }) => `${fieldLabel(kind, name)}: ${text}`).join(' · '),
  };
}
