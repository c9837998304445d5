// The law in words: facts, conditions, places in a document, how sure a row is. Sentences are made from the data of the rows,
// so that what a worker reads and what is computed cannot come apart.
import words from '$assets/policies/facts.json';
import type { ConditionView, FieldValue, LegalBasisView, ReasonView } from '$bindings/commands';
import { isKey, locale, t, tIn } from '$messages';
import { ageText } from '$shared/age';
import { lowerFirst, money, number } from '$shared/format';

interface Words {
  type: string;
  vi: string;
  en: string;
  values?: { code: string | null; vi: string; en: string }[];
  sensitive?: string;
}
const facts: Record<string, Words> = words;

export type Value = FieldValue | unknown;
export type Test = Pick<ConditionView, 'fact' | 'op' | 'value'>;

/** Counted in months and said in years. */
const AGES = ['age_months', 'cared_age_months'];
const opNames: Record<string, string> = { '==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };

export const factLabel = (fact: string): string => facts[fact]?.[locale()] ?? fact;
export const factType = (fact: string): string => facts[fact]?.type ?? 'boolean';
export const factValues = (fact: string) =>
  (facts[fact]?.values ?? []).map((value) => ({ code: value.code, label: value[locale()] }));
export const isRestricted = (fact: string): boolean => Boolean(facts[fact]?.sensitive);

/** A value of a fact; "none" has words of its own where the fact knows it. */
export function factValue(fact: string, value: Value): string {
  const named = facts[fact]?.values?.find((choice) => choice.code === (value ?? null));
  if (named) return named[locale()];
  if (value === null || value === undefined) return t('law.unknown');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number') return AGES.includes(fact) ? ageText(value) : number(value);
  return String(value);
}

/** A condition as one sentence without its result: “từ đủ 75 tuổi”. */
export function sentence({ fact, op, value }: Test): string {
  if (!fact || !op) return '';
  const label = lowerFirst(factLabel(fact));
  const own = `law.test.${fact}.${opNames[op] ?? op}`;
  if (typeof value === 'boolean') return yesOrNo(fact, value === (op === '=='));
  if (isKey(`${own}.${String(value)}`)) return tIn(own, String(value), 'law.test.is');
  if (typeof value === 'number') {
    const told = AGES.includes(fact) ? lowerFirst(months(value)) : number(value);
    return tIn(`law.test.${fact}`, opNames[op] ?? op, key(op, true), { fact: label, value: told });
  }
  const told = (Array.isArray(value) ? value : [value]).map((one) => factValue(fact, one)).join(t('law.or'));
  return t(key(op, false), { fact: label, value: told });
}

/** The value a condition was tested with, where the sentence does not already say it. */
export function told(reason: ReasonView): string {
  if (reason.masked) return t('law.masked');
  if (!reason.fact || reason.result === null || factType(reason.fact) === 'boolean') return '';
  const value = factValue(reason.fact, reason.told);
  return sentence(reason).endsWith(value) ? '' : value;
}

function yesOrNo(fact: string, yes: boolean): string {
  const label = lowerFirst(factLabel(fact));
  return yes ? label : tIn('law.no', fact, 'law.no_other', { fact: label });
}

const key = (op: string, counted: boolean) => {
  if (op === '!=' || op === 'not_in') return 'law.test.is_not' as const;
  if (!counted || op === '==') return 'law.test.is' as const;
  return tests[op] ?? ('law.test.is' as const);
};
const tests = { '<': 'law.test.lt', '<=': 'law.test.le', '>': 'law.test.gt', '>=': 'law.test.ge' } as Record<
  string,
  'law.test.lt' | 'law.test.le' | 'law.test.gt' | 'law.test.ge'
>;

/** The law speaks of years; what is no whole year is said in months. */
function months(value: number): string {
  return value % 12 === 0 && value >= 48 ? t('age.years', { years: value / 12 }) : t('age.months', { months: value });
}

/** “NĐ 335/2026 Điều 5.1.a”, as the law is cited in speech. */
export function place(basis: LegalBasisView): string {
  const where = [basis.article, basis.clause, basis.point].filter(Boolean).join('.');
  const number = basis.number.replace(/^(.*)\/(NĐ|TT|QĐ|NQ)-.*$/, '$2 $1') || basis.source;
  return where ? t('law.place', { number, where }) : number;
}

/** Several places, each document named once: “NĐ 335/2026 Điều 5.5.a, 6.1.đ”. */
export function places(basis: LegalBasisView[]): string {
  const named: { number: string; texts: string[] }[] = [];
  for (const one of basis) {
    const last = named.at(-1);
    const where = [one.article, one.clause, one.point].filter(Boolean).join('.');
    if (last?.number === one.number && where) last.texts.push(where);
    else named.push({ number: one.number, texts: [place(one)] });
  }
  return named.map(({ texts }) => texts.join(', ')).join('; ');
}

/** A title in the language chosen. */
export const titleOf = (row: { title_vi: string; title_en: string }): string => (locale() === 'vi' ? row.title_vi : row.title_en);

/** A note in the language chosen; the other where there is only that one. */
export const noteIn = (vi: string | null | undefined, en: string | null | undefined): string =>
  (locale() === 'vi' ? vi || en : en || vi) || '';

export const familyName = (family: string): string => tIn('law.family', family, 'law.family.other');
export const ruleName = (rule: string): string => tIn('law.rule', rule, 'law.rule.other');

/** An amount with its unit, and “at least” where the law sets only a floor. */
export function amountText(line: { amount: number | null; unit: string; is_minimum: boolean }): string {
  if (line.amount === null) return '';
  const told = line.unit === 'kg' ? `${number(line.amount)} kg` : money(line.amount);
  return line.is_minimum ? t('law.at_least', { amount: told }) : told;
}

export const periodText = (period: string): string => tIn('law.period', period, 'law.period.month');
