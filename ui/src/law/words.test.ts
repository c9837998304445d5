import { afterEach, describe, expect, it } from 'vitest';
import benefits from '$assets/policies/benefits.json';
import type { LegalBasisView } from '$bindings/commands';
import { isKey, setLocale } from '$messages';
import { amountText, factLabel, factValue, places, sentence } from './words';

afterEach(() => setLocale('vi'));

interface Condition {
  field?: string;
  op?: string;
  value?: unknown;
  any?: Condition[];
  all?: Condition[];
  not?: Condition;
}
const tests = (condition: Condition): Condition[] =>
  condition.field
    ? [condition]
    : [...(condition.any ?? []), ...(condition.all ?? []), ...(condition.not ? [condition.not] : [])].flatMap(tests);

const say = (fact: string, op: string, value: unknown) => sentence({ fact, op, value: value as never });

describe('a condition is said in plain words', () => {
  it('ages are said in years, and in months where the law counts months', () => {
    expect(say('age_months', '>=', 900)).toBe('từ đủ 75 tuổi');
    expect(say('age_months', '<', 48)).toBe('dưới 4 tuổi');
    expect(say('age_months', '<', 36)).toBe('dưới 36 tháng');
    expect(say('cared_age_months', '<', 192)).toBe('người được chăm sóc dưới 16 tuổi');
  });

  it('yes and no are sentences of their own', () => {
    expect(say('in_facility', '==', false)).toBe('không ở cơ sở trợ giúp xã hội');
    expect(say('in_facility', '!=', false)).toBe('đang được nuôi dưỡng tại cơ sở trợ giúp xã hội');
    expect(say('studying', '==', true)).toBe('đang đi học');
  });

  it('a choice names every value, and what it must not be', () => {
    expect(say('household_poverty', 'in', ['poor', 'near_poor'])).toBe(
      'diện của hộ theo rà soát nghèo: hộ nghèo hoặc hộ cận nghèo',
    );
    expect(say('disability_severity', 'not_in', ['severe'])).toBe('mức độ khuyết tật: không phải nặng');
    expect(say('no_support_case', '!=', 'none')).toContain('Điều 5 khoản 1');
  });

  it('in English as well', () => {
    setLocale('en');
    expect(say('age_months', '>=', 720)).toBe('60 years or older');
    expect(say('in_facility', '==', false)).toBe('does not live in a social-assistance facility');
  });

  it('every condition of every row has words without a placeholder or a code left over', () => {
    for (const language of ['vi', 'en'] as const) {
      setLocale(language);
      for (const row of benefits as { code: string; conditions: Condition[] }[]) {
        for (const test of row.conditions.flatMap(tests)) {
          const words = say(test.field ?? '', test.op ?? '', test.value);
          expect(words, `${row.code} ${test.field}`).not.toMatch(/[{}_]|undefined|^$/);
        }
      }
    }
  });
});

describe('values, amounts and places', () => {
  it('values are told by the fact they belong to', () => {
    expect(factValue('age_months', 920)).toBe('76 tuổi');
    expect(factValue('carer_relation', null)).toBe('không chăm sóc ai');
    expect(factValue('studying', null)).toBe('chưa biết');
    expect(factLabel('studying')).toBe('Đang đi học');
  });

  it('a floor says so, rice is weighed', () => {
    expect(amountText({ amount: 40_000_000, unit: 'VND', is_minimum: true })).toBe('từ 40.000.000 đ');
    expect(amountText({ amount: 15, unit: 'kg', is_minimum: false })).toBe('15 kg');
  });

  it('a document is named once for several places in it', () => {
    const basis = (number: string, article: string, clause: string | null): LegalBasisView => ({
      source: 'x',
      number,
      article,
      clause,
      point: null,
      note: null,
      note_vi: null,
    });
    const cited = [basis('335/2026/NĐ-CP', '5', '6'), basis('335/2026/NĐ-CP', '6', '1'), basis('20/2021/NĐ-CP', '5', null)];
    expect(places(cited)).toBe('NĐ 335/2026 Điều 5.6, 6.1; NĐ 20/2021 Điều 5');
  });

  it('families and outcomes have words', () => {
    for (const row of benefits as { family: string; confidence: string; period: string }[]) {
      expect(
        isKey(`law.family.${row.family}`) && isKey(`law.confidence.${row.confidence}`) && isKey(`law.period.${row.period}`),
      ).toBe(true);
    }
  });
});
