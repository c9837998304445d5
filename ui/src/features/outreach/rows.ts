// A line in words: what it is about, how much, why.
import type { OutreachGroup, OutreachRow } from '$bindings/commands';
import { isKey, t, tIn } from '$messages';
import { date, lowerFirst, money, number, shortTime } from '$shared/format';
import { factLabel, titleOf } from '$law/words';

/** In the order of what happens to a person if it is late. */
export const kinds = ['not_receiving', 'no_longer', 'other_amount', 'will_cease', 'will_begin', 'will_change', 'ask'] as const;
export type Kind = (typeof kinds)[number];

export const idOf = (row: OutreachRow): string => `${row.person} ${row.key}`;

export const kindName = (kind: string): string => tIn('outreach.kind', kind, 'outreach.kind.other');

/** The benefits it is about; a row whose code is not told is "monthly allowance" or "carer support". */
export function about(row: OutreachRow): string {
  if (row.kind === 'ask') return row.missing.map((fact) => lowerFirst(factLabel(fact))).join('; ');
  const rows = ['no_longer', 'will_cease'].includes(row.kind) ? row.received : row.due;
  const titles = rows.map(titleOf).filter(Boolean).join(' + ');
  return titles || t(row.list === 'regular' ? 'outreach.list.regular' : 'outreach.list.carer_support');
}

/** What is paid by the law, and beside it what is received now, where that is another sum. */
export function amounts(row: OutreachRow): { main: string; now: string } {
  const due = row.amount === null ? '' : money(row.amount);
  const received = row.received_amount === null ? '' : money(row.received_amount);
  if (['no_longer', 'will_cease'].includes(row.kind)) return { main: received, now: '' };
  if (row.kind === 'ask') return { main: '', now: '' };
  return { main: due, now: ['other_amount', 'will_change'].includes(row.kind) && due ? received : '' };
}

/** When lines were computed, as a time of day; with its day where that is not the day they are for. */
export const clock = ({ on, computed_at: at }: { on: string; computed_at: string }): string =>
  shortTime(at, Date.parse(`${on}T05:00:00Z`));

/** What lines of a kind are about: “4 đã mất”, “3 trợ cấp hưu trí…”. */
export function groupText({ reasons, due, count }: OutreachGroup, kind: string): string {
  const words = reasons.map((code) => (kind === 'ask' ? lowerFirst(factLabel(code)) : reason(code)));
  const text = words.length > 0 ? words.join(', ') : due.map((row) => lowerFirst(titleOf(row))).join(' + ');
  return text ? `${number(count)} ${text}` : '';
}

export const month = (row: OutreachRow): string => date(row.month);

export const reason = (code: string): string =>
  isKey(`outreach.reason.${code}`) ? tIn('outreach.reason', code, 'outreach.reason.dead') : factLabel(code);
