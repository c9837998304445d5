// A row of the law in words that are not of any person: what it pays, from when to when, for whom.
import type { AmountView, DutyRow, PolicyRow } from '$bindings/commands';
import { locale, t, tIn } from '$messages';
import { date, lowerFirst, money, number } from '$shared/format';
import { fold } from '$shared/fold';
import { factLabel, places } from '$law/words';

export const families = ['monthly_allowance', 'social_pension', 'carer_support', 'funeral', 'emergency', 'facility_care'];

export const figureName = (code: string): string => tIn('policies.figure', code, 'policies.figure.other');

/** “2,5 × mức chuẩn trợ giúp xã hội × số con…”. */
export function amountWords(amount: AmountView): string {
  const parts: string[] = [];
  if (amount.coefficient !== null) parts.push(amount.coefficient.replace('.', locale() === 'vi' ? ',' : '.'));
  if (amount.parameter) parts.push(lowerFirst(figureName(amount.parameter)));
  if (amount.value !== null) parts.push(amount.unit === 'kg' ? `${number(amount.value)} kg` : money(amount.value));
  if (amount.multiply_by) parts.push(lowerFirst(factLabel(amount.multiply_by)));
  const product = parts.join(' × ');
  const words = amount.kind === 'actual_cost' ? [t('policies.actual_cost'), product].filter(Boolean).join(', ') : product;
  const floor = amount.is_minimum ? t('law.at_least', { amount: words }) : words;
  return amount.months_max === null ? floor : `${floor}, ${t('policies.months_max', { count: amount.months_max })}`;
}

export const span = (from: string | null, to: string | null): string =>
  `${from ? date(from) : '…'} – ${to ? date(to) : t('policies.open_end')}`;

export const scopeName = (scope: string): string =>
  scope === 'national' ? t('policies.national') : t('policies.province', { code: scope.replace('province:', '') });

/** “7 ngày làm việc”, “95%”; what is not known says so. */
export const dutyValue = (row: DutyRow): string =>
  row.value === null ? t('law.unknown') : tIn('policies.unit', row.unit, 'policies.unit.day', { count: row.value });

export const paidFor = (whom: string): string =>
  tIn('policies.paid_for', whom.replace(/[^a-z]+/g, '_').replace(/^_|_$/g, ''), 'policies.paid_for.person');

/** Found by its words in both languages, its code and its places in the law, without diacritics. */
export function isFound(row: PolicyRow, text: string): boolean {
  const words = fold([row.code, row.title_vi, row.title_en, places(row.legal_basis)].join(' '));
  return fold(text)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => words.includes(word));
}
